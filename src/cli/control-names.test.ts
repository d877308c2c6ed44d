import { expect, test } from 'vitest';
import { catalogue } from '../../rules/index.ts';
import { SecureCartError } from '../model/error.ts';
import { controlNamed, selectControls } from './control-names.ts';

const LIST = 'securecart controls lists them.';

function suggestionOf(look: () => unknown): string | undefined {
  try {
    look();
  } catch (error) {
    if (error instanceof SecureCartError) return error.suggestion;
    throw error;
  }
  return undefined;
}

test.each([
  ['a system of another name', 'securty-group/*', 'Did you mean security-group/*?'],
  ['a system that is near to a control too', 'security-group', 'Did you mean security-group/*?'],
  ['a system alone', 'waf', 'Did you mean waf/*?'],
  ['a control of another name', 'security-group/rds-ingres', 'Did you mean security-group/rds-ingress?'],
  ['both', 'securty-group/rds-ingres', 'Did you mean security-group/rds-ingress?'],
  ['a glob in the system', '*/rds-ingres', 'Did you mean security-group/rds-ingress?'],
  ['a glob in the control', 'netwrok-acl/*-inbound', 'Did you mean network-acl/*-inbound?'],
  ['a control alone', 'default-close', 'Did you mean security-group/default-closed?'],
  ['a control of another system', 'security-group/force-tls', LIST],
  ['a system that is near to none', 'nonsense/*', LIST],
  ['a name that is near to none', 'nonsense', LIST],
])('%s, which selects nothing: %s', (_, glob, suggestion) => {
  expect(suggestionOf(() => selectControls([glob], catalogue))).toBe(suggestion);
});

test.each([
  ['force-tls', 'Did you mean rds/force-tls?'],
  ['securty-group/*', LIST],
  ['waf', LIST],
])('the control %s, where only one will do', (name, suggestion) => {
  expect(suggestionOf(() => controlNamed(name, catalogue))).toBe(suggestion);
});
