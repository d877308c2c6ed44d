import { attempt } from '../../model/fact.ts';
import type { Adopted } from '../../model/plan.ts';
import { usableHttpAuthorizer, usableRestAuthorizer } from '../mends/api-authorizer.ts';
import type { Provision } from './part.ts';
import type { Site } from './site.ts';

/**
 * The authorizers of the baseline's pools on the APIs that are there: the mends of a fix create them where a method or a
 * route lacks one, and so there is nothing to build before them. APIs themselves are the shop's.
 */
export const apiAuthorizers: Provision = {
  controls: ['api-gateway/rest-authorization', 'api-gateway/http-authorization'],
  needs: ['apigateway.restApis', 'apigatewayv2.httpApis', 'cognito.userPools'],
  build: site => ({ adopted: usableAuthorizers(site) }),
};

/** Those that are there and do what is asked; of an API whose authorizers are not known, the mends tell that. */
function usableAuthorizers(site: Site): Adopted[] {
  const { audit, region } = site;
  return [
    ...audit
      .value('apigateway.restApis')
      .map(api => ({ of: `REST API ${api.name}`, found: attempt(() => usableRestAuthorizer(site, api)) })),
    ...audit
      .value('apigatewayv2.httpApis')
      .map(api => ({ of: `HTTP API ${api.name}`, found: attempt(() => usableHttpAuthorizer(site, api)) })),
  ].flatMap(({ of, found }) =>
    found.kind === 'known' && found.value !== undefined
      ? [{ what: `authorizer of ${of}`, region, id: found.value.name }]
      : [],
  );
}
