import type { Region } from '../../../model/identifiers.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Call, Change, ChangeId, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import { setFields } from '../../set-fields.ts';
import type { UserPoolMfa, UserPoolSettings } from '../facts.ts';

/** A user pool's settings as plans compare them; plans write none of its tags but those of a pool they create. */
export const userPoolState = (settings: UserPoolSettings): ObjectState => ({
  password: settings.password,
  threatProtection: settings.threatProtection,
  deletionProtection: settings.deletionProtection,
  featurePlan: settings.featurePlan ?? null,
  tags: settings.tags,
});

/** A user pool's settings as an object of a plan. */
export const userPoolObject = (region: Region, id: string): LiveObject => ({ kind: 'user-pool', region, id });

/** A user pool's second factors as plans compare them. */
export const mfaState = ({ required, methods }: UserPoolMfa): ObjectState => ({ required, methods });

/** A user pool's second factors as an object of a plan. */
export const mfaObject = (region: Region, id: string): LiveObject => ({ kind: 'user-pool-mfa', region, id });

/** A change of a user pool; its ids have capitals, and are unique in a Region without them as good as surely. */
const changeId = (region: Region, id: string, what: string): string =>
  `user-pool/${region}/${id
    .split('_')
    .at(-1)
    ?.replaceAll(/[A-Z]/g, letter => `:${letter.toLowerCase()}`)}/${what}`;

/** The id of the mend of a user pool. */
export const userPoolMend = (region: Region, id: string): string => changeId(region, id, 'mend');

/**
 * Creates a user pool, and deletes it again with its clients and all its users. Nobody can take it into use before its
 * clients are there, which come after.
 */
export function createUserPool(
  name: string,
  settings: UserPoolSettings,
  about: { readonly region: Region; readonly id: ChangeId; readonly title: string },
): Change {
  const created = { $created: about.id };
  return {
    id: about.id,
    title: about.title,
    object: { kind: 'user-pool', region: about.region, id: created },
    edit: { kind: 'create', state: userPoolState(settings) },
    call: {
      service: 'cognito-idp',
      operation: 'CreateUserPool',
      input: { PoolName: name, UserPoolTags: settings.tags, ...SIGN_IN, ...settingsOf(settings) },
    },
    permissions: ['cognito-idp:CreateUserPool', 'cognito-idp:TagResource'],
    effect: NO_EFFECT,
    dependsOn: [],
    undo: {
      kind: 'call',
      call: { service: 'cognito-idp', operation: 'DeleteUserPool', input: { UserPoolId: created } },
      permissions: ['cognito-idp:DeleteUserPool'],
    },
  };
}

/**
 * How users of a new pool sign in and come back. By what a user is known can never be changed in a pool, nor whether
 * capitals count: left out, it would be a name beside the address, and Ann and ann would be two customers. The rest can
 * be changed, but is not safe when left out: a lost password would be made good by text message first, which goes to
 * whoever talks the phone company into moving the number, and an address that nobody has verified would count at once.
 */
const SIGN_IN: JsonObject = {
  UsernameAttributes: ['email'],
  UsernameConfiguration: { CaseSensitive: false },
  AutoVerifiedAttributes: ['email'],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
};

/** Writes settings of a user pool, in one call; all others are written back as they stand at the moment of the call. */
export const updatePool = (
  region: Region,
  id: string,
  from: UserPoolSettings,
  to: UserPoolSettings,
): Change => {
  const permissions = [
    'cognito-idp:DescribeUserPool',
    'cognito-idp:GetUserPoolMfaConfig',
    'cognito-idp:UpdateUserPool',
  ];
  return {
    id: changeId(region, id, 'settings'),
    title: 'write its password policy, threat protection and deletion protection',
    object: userPoolObject(region, id),
    edit: setFields(userPoolState(from), userPoolState(to)),
    call: poolCall('UpdateUserPool', id, settingsOf(to)),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: poolCall('UpdateUserPool', id, settingsOf(from)), permissions },
  };
};

const poolCall = (operation: string, UserPoolId: string, input: JsonObject): Call => ({
  service: 'cognito-idp',
  operation,
  input: { UserPoolId, ...input },
});

const settingsOf = ({
  password,
  threatProtection,
  deletionProtection,
  featurePlan,
}: UserPoolSettings): JsonObject => ({
  PasswordPolicy: {
    MinimumLength: password.minimumLength,
    RequireLowercase: password.requires.includes('lowercase'),
    RequireUppercase: password.requires.includes('uppercase'),
    RequireNumbers: password.requires.includes('numbers'),
    RequireSymbols: password.requires.includes('symbols'),
    TemporaryPasswordValidityDays: password.temporaryValidDays,
  },
  AdvancedSecurityMode: threatProtection,
  DeletionProtection: deletionProtection ? 'ACTIVE' : 'INACTIVE',
  ...(featurePlan !== undefined && { UserPoolTier: featurePlan }),
});

/** Asks every user, or those who wish, for a second factor, with an app for one-time passwords among the ways. */
export const askForMfa = (
  region: Region,
  id: string,
  from: UserPoolMfa,
  required: UserPoolMfa['required'],
): Change => {
  const permissions = ['cognito-idp:GetUserPoolMfaConfig', 'cognito-idp:SetUserPoolMfaConfig'];
  const hasToken = from.methods.includes('software-token');
  const methods = hasToken ? from.methods : [...from.methods, 'software-token'];
  const set = (MfaConfiguration: string, Enabled: boolean) =>
    poolCall('SetUserPoolMfaConfig', id, {
      MfaConfiguration,
      SoftwareTokenMfaConfiguration: { Enabled },
    });
  return {
    id: changeId(region, id, 'mfa'),
    title: required === 'ON' ? 'ask every user for a second factor' : 'let users choose a second factor',
    object: mfaObject(region, id),
    edit: {
      kind: 'set',
      fields: {
        required: { from: from.required, to: required },
        methods: { from: from.methods, to: methods },
      },
    },
    call: set(required, true),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: set(from.required, hasToken), permissions },
  };
};
