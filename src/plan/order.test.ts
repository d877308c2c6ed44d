import { expect, test } from 'vitest';
import { planForShop } from '../../test/apply/planned.ts';
import { GROUP, rule, shop } from '../../test/builders/shop.ts';
import type { Change, Mend } from '../model/plan.ts';
import { disorder } from './order.ts';

const facts = shop();
facts['ec2.securityGroupRules'].push(rule('sgr-0bad', GROUP.rds, 'ingress tcp 5432 0.0.0.0/0'));
const [mend] = planForShop(facts).mends;
const [change] = mend?.changes ?? [];

/** A mend of changes that are written as `a`, or as `a<b` where it depends on that. */
function mendOf(id: string, ...changes: string[]): Mend {
  if (mend === undefined || change === undefined) throw new Error('the shop needs no mend');
  const named = changes.map((text): Change => {
    const [name = '', ...dependsOn] = text.split('<');
    return { ...change, id: name, dependsOn };
  });
  return { ...mend, id, changes: named };
}

test.each([
  { name: 'one after the other', mends: [mendOf('m', 'a', 'b<a'), mendOf('n', 'c<b<a')] },
  {
    name: 'two mends of one id',
    mends: [mendOf('m', 'a'), mendOf('m', 'b')],
    says: /^Two mends are called m/,
  },
  {
    name: 'two changes of one id',
    mends: [mendOf('m', 'a'), mendOf('n', 'a')],
    says: /^Two changes are called a/,
  },
  {
    name: 'what is nowhere',
    mends: [mendOf('m', 'a<z')],
    says: /^a depends on z, which never comes/,
  },
  { name: 'what comes in a later mend, as in an undo', mends: [mendOf('m', 'a<b'), mendOf('n', 'b')] },
  { name: 'a circle', mends: [mendOf('m', 'a<b', 'b<a')], says: /^a depends on b/ },
  { name: 'itself', mends: [mendOf('m', 'a<a')], says: /^a depends on a/ },
])('the order of mends: $name', ({ mends, says }) => {
  if (says === undefined) expect(disorder(mends)).toBeUndefined();
  else expect(disorder(mends)).toMatch(says);
});
