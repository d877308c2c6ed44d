import { expect, test } from 'vitest';
import { silentControl } from '../../test/builders/report.ts';
import { controlsAsJson, listControls } from './controls.ts';
import { lookOf } from './look.ts';

const catalogue = [
  silentControl('network-acl/one', 'critical'),
  silentControl('vpc/another-one', 'low'),
  silentControl('vpc/two'),
];

test('the catalogue is listed by system', () => {
  expect(listControls(catalogue, lookOf({ width: 80, colors: 0, unicode: true, all: false }))).toBe(
    `network-acl
  critical  one          What network-acl/one demands

vpc
  low       another-one  What vpc/another-one demands
  high      two          What vpc/two demands

3 controls; securecart explain CONTROL says all about one
`,
  );
});

test('the catalogue is told to programs', () => {
  expect(JSON.parse(controlsAsJson(catalogue))[0]).toEqual({
    id: 'network-acl/one',
    severity: 'critical',
    title: 'What network-acl/one demands',
    scope: 'region',
    frameworks: {},
    needs: [],
  });
});
