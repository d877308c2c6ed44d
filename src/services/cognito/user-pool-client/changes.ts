import type { Region } from '../../../model/identifiers.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Call, Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { setFields } from '../../set-fields.ts';
import type { ClientSettings } from '../facts.ts';

/** Which client of which user pool, by their ids. */
export interface ClientPlace {
  readonly region: Region;
  readonly pool: string;
  readonly client: string;
}

/** A client as plans compare it; its secret is no part of that. By its pool and name one is known that was created a moment ago: clients have no tags. */
export const clientState = (pool: string, name: string, settings: ClientSettings): ObjectState => ({
  pool,
  name,
  ...settings,
});

/** A client as an object of a plan. */
export const clientObject = ({ region, pool, client }: ClientPlace): LiveObject => ({
  kind: 'user-pool-client',
  region,
  id: `${pool}/${client}`,
});

/** The id of a client's change; a client's id is unique, and has no capitals. */
const clientChange = ({ region, client }: ClientPlace): ChangeId =>
  `user-pool-client/${region}/${client.toLowerCase()}`;

/**
 * Creates a client without a secret, for what runs in a browser or a telephone can keep none, and deletes it again. It may
 * not use OAuth: Cognito allows no grant without a URL to send users back to (InvalidOAuthFlowException).
 */
export function createClient(
  pool: string,
  name: string,
  settings: ClientSettings,
  { region, id, title }: { readonly region: Region; readonly id: ChangeId; readonly title: string },
): Change {
  const created = { $created: id };
  return {
    id,
    title,
    object: { kind: 'user-pool-client', region, id: created },
    edit: { kind: 'create', state: clientState(pool, name, settings) },
    call: clientCall('CreateUserPoolClient', {
      UserPoolId: pool,
      ClientName: name,
      GenerateSecret: false,
      ...settingsOf(settings),
    }),
    permissions: ['cognito-idp:CreateUserPoolClient'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: clientCall('DeleteUserPoolClient', { Client: created }),
      permissions: ['cognito-idp:DeleteUserPoolClient'],
    },
  };
}

/** Writes a client's settings, in one call. */
export const updateClient = (
  place: ClientPlace,
  name: string,
  from: ClientSettings,
  to: ClientSettings,
): Change => {
  const permissions = ['cognito-idp:DescribeUserPoolClient', 'cognito-idp:UpdateUserPoolClient'];
  const state = (settings: ClientSettings) => clientState(place.pool, name, settings);
  const grants = from.oauthFlows.join() !== to.oauthFlows.join();
  const write = (settings: ClientSettings) =>
    clientCall('UpdateUserPoolClient', {
      UserPoolId: place.pool,
      ClientId: place.client,
      ...settingsOf(settings),
      // A client that may not use OAuth may have grants all the same: they stay.
      ...(grants && { AllowedOAuthFlows: settings.oauthFlows }),
    });
  return {
    id: clientChange(place),
    title: `write the flows and protections of client ${name}`,
    object: clientObject(place),
    edit: setFields(state(from), state(to)),
    call: write(to),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: write(from), permissions },
  };
};

const settingsOf = ({ authFlows, hidesUserExistence, revocableTokens }: ClientSettings): JsonObject => ({
  ExplicitAuthFlows: authFlows,
  PreventUserExistenceErrors: hidesUserExistence ? 'ENABLED' : 'LEGACY',
  EnableTokenRevocation: revocableTokens,
});

const clientCall = (operation: string, input: JsonObject): Call => ({
  service: 'cognito-idp',
  operation,
  input,
});
