import type { Region } from '../../../model/identifiers.ts';
import type { Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import type { ClientSettings } from '../facts.ts';

/** Which client of which user pool, by their ids. */
export interface ClientPlace {
  readonly region: Region;
  readonly pool: string;
  readonly client: string;
}

/** A client's settings as plans compare them; its secret is none of them. */
export const clientState = (settings: ClientSettings): ObjectState => ({ ...settings });

/** A client as an object of a plan. */
export const clientObject = ({ region, pool, client }: ClientPlace): LiveObject => ({
  kind: 'user-pool-client',
  region,
  id: `${pool}/${client}`,
});

/** The id of a client's change; a client's id is unique, and has no capitals. */
const clientChange = ({ region, client }: ClientPlace): ChangeId =>
  `user-pool-client/${region}/${client.toLowerCase()}`;

/** Writes a client's settings, in one call. */
export const updateClient = (
  place: ClientPlace,
  name: string,
  from: ClientSettings,
  to: ClientSettings,
): Change => {
  const permissions = ['cognito-idp:DescribeUserPoolClient', 'cognito-idp:UpdateUserPoolClient'];
  const [before, after] = [clientState(from), clientState(to)];
  const fields = Object.keys(after).map(key => [key, { from: before[key] ?? null, to: after[key] ?? null }]);
  const grants = from.oauthFlows.join() !== to.oauthFlows.join();
  const write = (settings: ClientSettings) => ({
    service: 'cognito-idp' as const,
    operation: 'UpdateUserPoolClient',
    input: {
      UserPoolId: place.pool,
      ClientId: place.client,
      ExplicitAuthFlows: settings.authFlows,
      // A client that may not use OAuth may have grants all the same: they stay.
      ...(grants && { AllowedOAuthFlows: settings.oauthFlows }),
      PreventUserExistenceErrors: settings.hidesUserExistence ? 'ENABLED' : 'LEGACY',
      EnableTokenRevocation: settings.revocableTokens,
    },
  });
  return {
    id: clientChange(place),
    title: `write the flows and protections of client ${name}`,
    object: clientObject(place),
    edit: { kind: 'set', fields: Object.fromEntries(fields) },
    call: write(to),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: write(from), permissions },
  };
};
