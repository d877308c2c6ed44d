import type { Secrets } from '../../model/baseline/configuration.ts';
import type { Resource } from '../../model/finding.ts';
import type { Secret } from '../../services/secretsmanager/facts.ts';
import { heldFor } from '../baseline-item.ts';
import { judgeEach, type Outcome, type RegionAudit } from '../control.ts';

/** A secret that the baseline asks for. */
export type WantedSecret = Secrets['secrets'][number];

/** A secret of the baseline's, and the one of that name in a Region. */
export interface FoundSecret {
  readonly wanted: WantedSecret;
  readonly live: Secret;
}

/** A secret as the resource of a finding. */
export const secretResource = ({ arn, name }: Pick<Secret, 'arn' | 'name'>): Resource => ({
  type: 'AWS::SecretsManager::Secret',
  arn,
  id: name,
});

/** The secrets of the baseline that a Region has; one that is to be deleted is none. */
export const secretsFound = (audit: Pick<RegionAudit, 'baseline' | 'value'>): FoundSecret[] =>
  audit.baseline.secrets.secrets.flatMap(wanted => {
    const live = audit
      .value('secretsmanager.secrets')
      .find(({ name, deletedAt }) => name === wanted.name && deletedAt === undefined);
    return live === undefined ? [] : [{ wanted, live }];
  });

/** What is said of a secret, but of which and for which item. */
export type Verdict<Message extends string> = Pick<
  Extract<Outcome<Message>, { message: Message }>,
  'status' | 'message' | 'data' | 'severity' | 'expected' | 'actual' | 'runbook'
>;

/** Judges each secret of the baseline that the Region has, for its own item or for another one. */
export const judgeSecrets = <Message extends string>(
  audit: RegionAudit,
  judge: (found: FoundSecret) => Verdict<Message>,
  itemOf: (wanted: WantedSecret) => Parameters<typeof heldFor>[0] = wanted => wanted,
): Iterable<Outcome<Message>> => {
  const about = ({ wanted, live }: FoundSecret) => ({
    resource: secretResource(live),
    ...heldFor(itemOf(wanted)),
  });
  return judgeEach(secretsFound(audit), about, function* (found) {
    yield { ...about(found), ...judge(found) };
  });
};
