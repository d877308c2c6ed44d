import type { Region } from '../../../model/identifiers.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Call, Change, LiveObject, ObjectState } from '../../../model/plan.ts';
import { NO_EFFECT } from '../../../network/effect.ts';
import type { UserPoolMfa, UserPoolSettings } from '../facts.ts';

/** The settings of a user pool that mends write; all others are written back as they stand at the moment of the call. */
export type PoolMend = Pick<
  UserPoolSettings,
  'password' | 'threatProtection' | 'deletionProtection' | 'featurePlan'
>;

/** A user pool's settings as plans compare them. */
export const userPoolState = (settings: PoolMend): ObjectState => ({
  password: settings.password,
  threatProtection: settings.threatProtection,
  deletionProtection: settings.deletionProtection,
  featurePlan: settings.featurePlan ?? null,
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

/** Writes settings of a user pool, in one call. */
export const updatePool = (region: Region, id: string, from: PoolMend, to: PoolMend): Change => {
  const permissions = [
    'cognito-idp:DescribeUserPool',
    'cognito-idp:GetUserPoolMfaConfig',
    'cognito-idp:UpdateUserPool',
  ];
  const [before, after] = [userPoolState(from), userPoolState(to)];
  const fields = Object.keys(after).map(name => [
    name,
    { from: before[name] ?? null, to: after[name] ?? null },
  ]);
  return {
    id: changeId(region, id, 'settings'),
    title: 'write its password policy, threat protection and deletion protection',
    object: userPoolObject(region, id),
    edit: { kind: 'set', fields: Object.fromEntries(fields) },
    call: cognitoCall('UpdateUserPool', id, settingsOf(to)),
    permissions,
    effect: NO_EFFECT,
    dependsOn: [],
    undo: { kind: 'call', call: cognitoCall('UpdateUserPool', id, settingsOf(from)), permissions },
  };
};

const cognitoCall = (operation: string, UserPoolId: string, input: JsonObject): Call => ({
  service: 'cognito-idp',
  operation,
  input: { UserPoolId, ...input },
});

const settingsOf = ({
  password,
  threatProtection,
  deletionProtection,
  featurePlan,
}: PoolMend): JsonObject => ({
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
    cognitoCall('SetUserPoolMfaConfig', id, {
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
