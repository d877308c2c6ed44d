import { UnknownFact } from '../model/fact.ts';
import type { Finding } from '../model/finding.ts';
import type { Region } from '../model/identifiers.ts';
import type { LeftAlone, Obstacle } from '../model/plan.ts';
import { managerOf } from './owner.ts';
import { causeOf, NOTHING, type PlanOptions, type Proposal, together } from './scene.ts';

/** What a mend, or the want of one, is about. */
export type About = Pick<LeftAlone, 'region' | 'resource' | 'for'>;

/** What is in one Region. */
export type AboutRegion = About & { readonly region: Region };

/** A finding's own resource, as what a mend is about. */
export const aboutFinding = (finding: Finding): About => ({
  ...(finding.region !== undefined && { region: finding.region }),
  resource: finding.resource,
  for: [causeOf(finding)],
});

/** The proposal to leave a resource alone. */
export const leave = (
  about: About,
  obstacle: Obstacle,
  detail: string,
  more: Pick<LeftAlone, 'runbook'> = {},
): Proposal => ({ ...NOTHING, leftAlone: [{ ...about, obstacle, detail, ...more }] });

/** What `mend` proposes, told who else writes the resource; to leave it alone where somebody does and the user has not said otherwise. */
export function unlessManaged(
  { includeManaged }: PlanOptions,
  about: About,
  tags: Readonly<Record<string, string>>,
  mend: (owned: { managedBy?: string }) => Proposal,
): Proposal {
  const managedBy = managerOf(tags);
  if (managedBy === undefined) return mend({});
  if (includeManaged) return mend({ managedBy });
  return leave(
    about,
    'managed',
    `It belongs to ${managedBy}, which would put the drift back: change it there, or pass --include-managed.`,
  );
}

/** What `plan` proposes; to leave its findings alone where it asks for a fact that is unknown. */
export function unlessUnknown(failing: readonly Finding[], plan: () => Proposal): Proposal {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof UnknownFact)) throw error;
    const detail = `${error.reason.call} was not answered (${error.reason.kind}), and without it no safe change can be planned.`;
    return together(failing.map(finding => leave(aboutFinding(finding), 'unknown', detail)));
  }
}
