import { type Demand, defaultFlows, demandOn } from '../../src/findings/cognito/client-demand.ts';
import { judgePools } from '../../src/findings/cognito/pools.ts';
import { defineControl, judgeEach, type Outcome } from '../../src/findings/control.ts';
import { userPoolResource } from '../../src/findings/entry-resources.ts';
import { need } from '../../src/model/fact.ts';
import type { ClientSettings, UserPoolClient } from '../../src/services/cognito/facts.ts';

export default defineControl({
  id: 'cognito/clients',
  title: 'No client of the user pool lets users sign in by a weaker way than the baseline',
  severity: 'medium',
  rationale:
    "Every client is a door of its own into the same pool: one that nobody remembers, which takes the password itself, answers whether a user exists, or puts tokens into the browser's address, makes the others' settings worthless.",
  remediation:
    'Take the flows away, set PreventUserExistenceErrors to ENABLED and EnableTokenRevocation to true, or delete the client. UpdateUserPoolClient resets what it is not given: send all other settings of the client along.',
  sources: [
    'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-client-apps.html',
    'https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html',
    'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html',
  ],
  frameworks: {},
  needs: ['cognito.userPools'],
  scope: 'region',
  messages: {
    asWanted: 'Client {client} is as the baseline wants.',
    authFlows: 'Client {client} lets users sign in by {flows}, which the baseline does not.',
    oauthFlows: 'Client {client} gives out tokens by {flows}, which the baseline does not.',
    existence: 'Client {client} tells anyone who asks whether a user exists.',
    revocation: "Client {client}'s tokens cannot be revoked: whoever steals one keeps it.",
  },
  evaluate: audit =>
    judgePools(audit, (wanted, pool) => {
      const resource = userPoolResource(audit, pool);
      return judgeEach(
        need(pool.clients),
        ({ id }) => ({ resource, key: id }),
        client => judgeClient(demandOn(client, wanted), client, resource),
      );
    }),
});

type Message = 'asWanted' | 'authFlows' | 'oauthFlows' | 'existence' | 'revocation';

function* judgeClient(
  { rows: [row], ...demand }: Demand,
  { id, name, settings }: UserPoolClient,
  resource: Outcome['resource'],
): Iterable<Outcome<Message>> {
  const live: ClientSettings = need(settings);
  const about = {
    resource,
    ...(row !== undefined && { row: { id: row.id, origin: row.origin }, severity: row.severity }),
  };
  const allowed = live.authFlows.length === 0 ? defaultFlows : live.authFlows;
  const flows = beyond(allowed, demand.authFlows);
  const grants = beyond(live.oauthFlows, demand.oauthFlows);
  const faults: Outcome<Message>[] = [];
  const fault = (message: Exclude<Message, 'asWanted'>, data: Record<string, string> = {}) =>
    faults.push({
      status: 'fail',
      ...about,
      key: `${id} ${message}`,
      message,
      data: { client: name, ...data },
    });
  if (flows.length > 0) fault('authFlows', { flows: flows.join(', ') });
  if (grants.length > 0) fault('oauthFlows', { flows: grants.join(', ') });
  if (demand.hidesUserExistence && !live.hidesUserExistence) fault('existence');
  if (demand.revocableTokens && !live.revocableTokens) fault('revocation');
  yield* faults;
  if (faults.length > 0) return;
  yield { status: 'pass', ...about, key: id, message: 'asWanted', data: { client: name } };
}

const beyond = (live: readonly string[], wanted: readonly string[]): string[] =>
  live.filter(one => !wanted.includes(one));
