import { bindPool, type WantedPool } from '../../findings/cognito/pools.ts';
import { userPoolResource } from '../../findings/entry-resources.ts';
import { need } from '../../model/fact.ts';
import type { Finding } from '../../model/finding.ts';
import type { Change, Fingerprint } from '../../model/plan.ts';
import type { UserPool, UserPoolSettings } from '../../services/cognito/facts.ts';
import {
  askForMfa,
  mfaObject,
  mfaState,
  updatePool,
  userPoolMend,
  userPoolObject,
  userPoolState,
} from '../../services/cognito/user-pool/changes.ts';
import { leave, unlessManaged, unlessUnknown } from '../leave.ts';
import { causeOf, NOTHING, type Planner, type Proposal, type Scene, together } from '../scene.ts';

const POOL = 'cognito/user-pool';
const MFA = 'cognito/mfa';
const SETTINGS = ['cognito/password-policy', 'cognito/threat-protection', 'cognito/deletion-protection'];

/** Writes what the baseline asks of its user pools: passwords, second factors, threat protection, deletion protection. */
export const userPools: Planner = {
  controls: [POOL, MFA, ...SETTINGS],
  needs: ['cognito.userPools'],
  plan: (scene, failing) =>
    together(
      scene.audit.baseline.authentication.userPools.map(wanted => {
        const bound = bindPool(wanted, scene.audit.value('cognito.userPools'));
        if (bound.kind === 'absent') return NOTHING;
        if (bound.kind === 'ambiguous') return doubtful(scene, wanted, bound.pools, failing);
        const { pool } = bound;
        const own = failing.filter(({ resource }) => resource.id === pool.id);
        return own.length === 0 ? NOTHING : unlessUnknown(own, () => mendPool(scene, wanted, pool, own));
      }),
    ),
};

function doubtful(
  { audit, region }: Scene,
  { name }: WantedPool,
  pools: readonly UserPool[],
  failing: readonly Finding[],
): Proposal {
  const detail = `There are ${pools.length} user pools that may be ${name}: name the one that is meant by its id in the baseline.`;
  return together(
    pools.map(pool => {
      const own = failing.filter(({ resource }) => resource.id === pool.id);
      const about = { region, resource: userPoolResource(audit, pool), for: own.map(causeOf) };
      return own.length === 0 ? NOTHING : leave(about, 'ambiguous', detail);
    }),
  );
}

/** Throws UnknownFact. */
function mendPool(scene: Scene, wanted: WantedPool, pool: UserPool, failing: readonly Finding[]): Proposal {
  const { audit, region } = scene;
  const about = (findings: readonly Finding[]) => ({
    region,
    resource: userPoolResource(audit, pool),
    for: findings.map(causeOf),
  });
  const of = (...controls: string[]) => failing.filter(({ control }) => controls.includes(control));
  const settings = of(...SETTINGS).length > 0 ? settingsMend(scene, wanted, pool, of) : undefined;
  const mfa = of(MFA).length > 0 ? mfaMend(scene, wanted, pool) : undefined;
  const refused = mfa?.kind === 'refused' ? leave(about(of(MFA)), 'no-mend', mfa.detail) : NOTHING;
  const parts = [mfa?.kind === 'mend' ? mfa : undefined, settings].flatMap(part => part ?? []);
  if (parts.length === 0) return refused;
  const mended = about(mfa?.kind === 'refused' ? of(...SETTINGS) : failing);
  const mend = unlessManaged(scene, mended, need(pool.settings).tags, owned => ({
    ...NOTHING,
    mends: [
      {
        ...mended,
        ...owned,
        id: userPoolMend(region, pool.id),
        title: `let user pool ${pool.name} be as the baseline asks`,
        risk: 'review',
        disruption: parts.map(({ disruption }) => disruption).join(' '),
        ...(settings?.cost !== undefined && { cost: settings.cost }),
        changes: inOrder(parts.map(({ change }) => change)),
      },
    ],
    fingerprints: parts.map(({ fingerprint }) => fingerprint),
  }));
  return together([refused, mend]);
}

/** One after another: a call about the settings writes back the second factors as it finds them. */
const inOrder = (changes: readonly Change[]): Change[] =>
  changes.map((change, index) => {
    const previous = changes[index - 1];
    return previous === undefined ? change : { ...change, dependsOn: [previous.id] };
  });

/** What threat protection costs (https://aws.amazon.com/cognito/pricing/). */
export const THREAT_PROTECTION_COST =
  "threat protection needs the feature plan PLUS, which Cognito charges for by the active user and month; `mode: 'OFF'` in the baseline does without";

interface Part {
  readonly change: Change;
  readonly fingerprint: Fingerprint;
  readonly disruption: string;
  readonly cost?: string;
}

/** Each setting whose finding fails, as the baseline asks, or stricter where it is that already. Throws UnknownFact. */
function settingsMend(
  { region }: Scene,
  wanted: WantedPool,
  pool: UserPool,
  of: (...controls: string[]) => readonly Finding[],
): Part {
  const from = need(pool.settings);
  const protects = of('cognito/threat-protection').length > 0;
  const to: UserPoolSettings = {
    ...from,
    ...(of('cognito/password-policy').length > 0 && { password: stronger(from.password, wanted.password) }),
    ...(of('cognito/deletion-protection').length > 0 && { deletionProtection: true }),
    ...(protects && { threatProtection: wanted.threatProtection.mode, featurePlan: 'PLUS' as const }),
  };
  return {
    change: updatePool(region, pool.id, from, to),
    fingerprint: { object: userPoolObject(region, pool.id), state: userPoolState(from) },
    disruption: protects
      ? 'New passwords must meet the policy; sign-ins that look stolen are challenged or stopped.'
      : 'New passwords must meet the policy; those that users have stay.',
    ...(protects && { cost: THREAT_PROTECTION_COST }),
  };
}

const stronger = (
  live: UserPoolSettings['password'],
  wanted: WantedPool['password'],
): UserPoolSettings['password'] => ({
  minimumLength: Math.max(live.minimumLength, wanted.minimumLength),
  requires: (['lowercase', 'uppercase', 'numbers', 'symbols'] as const).filter(
    kind => live.requires.includes(kind) || wanted.requires.includes(kind),
  ),
  temporaryValidDays: Math.min(live.temporaryValidDays, wanted.temporaryValidDays),
});

type MfaMend = (Part & { readonly kind: 'mend' }) | { readonly kind: 'refused'; readonly detail: string };

/** A method is never taken from users who may have no other. Throws UnknownFact. */
function mfaMend({ region }: Scene, wanted: WantedPool, pool: UserPool): MfaMend {
  const from = need(pool.mfa);
  const others = from.methods.filter(method => method !== 'passkey' && !wanted.mfa.methods.includes(method));
  if (others.length > 0) {
    const detail = `Users may have no factor but ${others.join(', ')}: let them add another one, then take that from the pool.`;
    return { kind: 'refused', detail };
  }
  if (!wanted.mfa.methods.includes('software-token')) {
    const detail = `${wanted.mfa.methods.join(', ')} needs a sender that is set up in the pool: set it up, then the factor.`;
    return { kind: 'refused', detail };
  }
  return {
    kind: 'mend',
    change: askForMfa(region, pool.id, from, from.required === 'ON' ? 'ON' : wanted.mfa.required),
    fingerprint: { object: mfaObject(region, pool.id), state: mfaState(from) },
    disruption: 'Users without a second factor must set one up when they sign in next.',
  };
}
