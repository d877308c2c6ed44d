import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

/** An editor's view: the schema as it is shipped, a validator that is not ours, and YAML read without the program. */
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, formats: { date: true } }).compile(
  JSON.parse(readFileSync('schema/baseline.json', 'utf8')),
);
const shipped = readFileSync('securecart-baseline.yaml', 'utf8');

test('the shipped baseline is valid', () => {
  validate(parse(shipped));
  expect(validate.errors).toBeNull();
});

test.each([
  ['version: 1', 'version: 2', '/version'],
  ['flowLogs: true', 'flowLogs: yes', '/network/flowLogs'],
  ['egress: endpoints', 'egres: endpoints', '/network'],
  ['ports: [80, 443]', 'ports: [80, 70000]', '/flows/0/ports/1'],
  ['peer: { component: backend }', 'peer: { component: bakend }', '/securityGroups/rows/2/peer/component'],
  ['peer: { tier: private }', 'peer: { component: alb }', '/networkAcls/rows/1/peer'],
  ['must: pass', 'must: maybe', '/flows/0/must'],
  ['- AT', '- Austria', '/waf/rules/1/statement/allowed/1'],
  ['mode: ENFORCED', 'mode: STRICT', '/authentication/userPools/0/threatProtection/mode'],
])('`%s` written `%s` is marked at %s', (right, wrong, path) => {
  expect(shipped).toContain(right);
  expect(validate(parse(shipped.replace(right, wrong)))).toBe(false);
  expect(validate.errors?.map(({ instancePath }) => instancePath)).toContain(path);
});
