import { describe, expect, test } from 'vitest';
import { planForShop } from '../../test/apply/planned.ts';
import { GROUP, rule, shop } from '../../test/builders/shop.ts';
import type { Change } from '../model/plan.ts';
import { parsePlanFile, renderPlanFile } from './plan-file.ts';

const facts = shop();
facts['ec2.securityGroupRules'].push(rule('sgr-0bad', GROUP.rds, 'ingress tcp 5432 0.0.0.0/0'));
const plan = planForShop(facts);
const text = renderPlanFile(plan);

test('a plan is read as it was written', async () => {
  expect(plan.mends).toHaveLength(1);
  expect(await parsePlanFile(text, 'plan.json')).toEqual(plan);
});

describe('a plan is refused', () => {
  test.each([
    { name: 'that is cut short', edit: (whole: string) => whole.slice(0, -40), says: /cut short/ },
    {
      name: 'that is edited',
      edit: (whole: string) => whole.replace('RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress'),
      says: /was edited/,
    },
    {
      name: 'of another account by an edit',
      edit: (whole: string) => whole.replaceAll('111122223333', '444455556666'),
      says: /was edited/,
    },
    {
      name: 'of another version',
      edit: (whole: string) => whole.replace('"schemaVersion": 1', '"schemaVersion": 2'),
      says: /version 2/,
    },
    { name: 'that is something else', edit: () => '{"findings":[]}', says: /no plan/ },
  ])('$name', async ({ edit, says }) => {
    await expect(parsePlanFile(edit(text), 'plan.json')).rejects.toThrow(says);
  });

  test.each([
    {
      name: 'that asks for what no plan may ask for',
      edit: (change: Change) => ({ ...change, call: { ...change.call, operation: 'TerminateInstances' } }),
      says: /ec2:TerminateInstances, which no plan may make/,
    },
    {
      name: 'that has no order',
      edit: (change: Change) => ({ ...change, dependsOn: ['nowhere'] }),
      says: /plan\.json cannot be carried out in order: .* depends on nowhere, which never comes before it/,
    },
  ])('$name', async ({ edit, says }) => {
    const mends = plan.mends.map(mend => ({ ...mend, changes: mend.changes.map(edit) }));
    const forged = renderPlanFile({ ...plan, mends });
    await expect(parsePlanFile(forged, 'plan.json')).rejects.toThrow(says);
  });
});
