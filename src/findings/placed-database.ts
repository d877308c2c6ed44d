import type { DbInstance } from '../services/rds/facts.ts';
import { heldFor } from './baseline-item.ts';
import type { Outcome, RegionAudit, VpcAudit } from './control.ts';
import { databaseResource } from './resources.ts';

/** What the controls of a database's place say of those that the baseline does not place. */
export const elsewhereMessages = {
  otherEngine: 'The engine is {engine}, and the baseline places only databases for {wanted}.',
  otherVpc: "It stands in {vpc}, which is not the baseline's VPC.",
} as const;

/** Judges each instance that the baseline places. */
export function* judgePlaced<Message extends string>(
  audit: VpcAudit,
  judge: (instance: DbInstance) => Outcome<Message>,
): Iterable<Outcome<Message | keyof typeof elsewhereMessages>> {
  for (const instance of audit.value('rds.dbInstances')) {
    yield otherEngine(audit, instance) ?? otherVpc(audit, instance) ?? judge(instance);
  }
}

/** What an outcome about a database's place says of it. */
export const aboutPlacement = (audit: RegionAudit, instance: DbInstance) => ({
  resource: databaseResource('DBInstance', instance),
  ...heldFor(audit.baseline.encryption.rds.placement),
});

/** That the baseline does not place a database of this engine; nothing for the engine that it does, or Aurora's form of it. */
export function otherEngine(audit: RegionAudit, instance: DbInstance): Outcome<'otherEngine'> | undefined {
  const { engine: wanted } = audit.baseline.encryption.rds.placement;
  const { engine } = instance;
  if (engine.includes(wanted)) return undefined;
  const about = aboutPlacement(audit, instance);
  return { status: 'not-applicable', ...about, message: 'otherEngine', data: { engine, wanted } };
}

/** That a database does not stand in the baseline's VPC; nothing for one that does. */
function otherVpc(audit: VpcAudit, instance: DbInstance): Outcome<'otherVpc'> | undefined {
  const { vpc } = instance;
  if (vpc === audit.vpc.id) return undefined;
  const about = aboutPlacement(audit, instance);
  return { status: 'not-applicable', ...about, message: 'otherVpc', data: { vpc } };
}
