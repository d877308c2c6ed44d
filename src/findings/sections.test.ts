import { expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import { ControlId } from '../model/identifiers.ts';
import { systemOf } from '../model/report.ts';
import { systemsOfSections, unauditedSections } from './sections.ts';

const control = (id: string) => ({ id: ControlId.parse(id) });
const vpc = control('vpc/tiers');
const all = Object.values(systemsOfSections)
  .flat()
  .map(system => control(`${system}/any`));

test.each([
  { name: 'every system has a control', catalogue: all, selected: all, section: 'shield', reason: undefined },
  {
    name: 'no system has a control',
    catalogue: [vpc],
    selected: [vpc],
    section: 'shield',
    reason: 'no-control',
  },
  {
    name: 'its controls are not selected',
    catalogue: all,
    selected: [vpc],
    section: 'shield',
    reason: 'not-selected',
  },
  {
    name: 'one of its systems is selected',
    catalogue: all,
    selected: [control('s3/any')],
    section: 'encryption',
    reason: undefined,
  },
])('where $name, $section is $reason', ({ catalogue, selected, section, reason }) => {
  const unaudited = unauditedSections(catalogue, new Set(selected.map(({ id }) => id)));
  expect(unaudited.find(one => one.section === section)?.reason).toBe(reason);
});

test('every control looks at a section of the baseline', () => {
  const systems = new Set<string>(Object.values(systemsOfSections).flat());
  expect(catalogue.filter(({ id }) => !systems.has(systemOf(id)))).toEqual([]);
});
