import { need } from '../../model/fact.ts';
import type { WebAcl } from '../../services/wafv2/facts.ts';
import type { Scene } from '../scene.ts';

type Audited = Pick<Scene, 'audit'>;

/** The component as which an apply tags the web ACL that it creates. */
export const WEB_ACL = 'web-acl';

/** The baseline's web ACL: the one of its name, else the one that an apply has created by another name; undefined where there is none. Throws UnknownFact. */
export function ownWebAcl(scene: Audited): WebAcl | undefined {
  const { audit } = scene;
  const all = audit.value('wafv2.webAcls');
  const named = all.find(({ name }) => name === audit.baseline.waf.name);
  return named ?? all.find(acl => tagsOfWebAcl(scene, acl)['securecart:component'] === WEB_ACL);
}

/** The tags of a web ACL. Throws UnknownFact. */
export function tagsOfWebAcl(
  { audit }: Audited,
  { arn }: Pick<WebAcl, 'arn'>,
): Readonly<Record<string, string>> {
  const found = audit.value('wafv2.webAclTags').find(({ webAcl }) => webAcl === arn);
  return found === undefined ? {} : need(found.tags);
}
