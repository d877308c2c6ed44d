import { nearest } from '../baseline/nearest.ts';
import { selects } from '../findings/select.ts';
import type { SecureCartError } from '../model/error.ts';
import type { ControlId } from '../model/identifiers.ts';
import { usageError } from './usage.ts';

/** Throws a usage error for a glob that selects none of the controls: it would be a run that finds nothing wrong. */
export function checkGlobs(globs: readonly string[], controls: readonly { id: ControlId }[]): void {
  for (const glob of globs) {
    if (!controls.some(({ id }) => selects(glob, id))) throw noControl(glob, controls);
  }
}

/** The usage error of a name or glob that is no control's, with the one that is meant where that can be told. */
export function noControl(given: string, controls: readonly { id: ControlId }[]): SecureCartError {
  const ids = controls.map(({ id }) => id);
  const meant = ids.find(id => id.endsWith(`/${given}`)) ?? nearest(given, ids);
  return usageError(
    `There is no control ${given}.`,
    meant === undefined ? 'securecart controls lists them.' : `Did you mean ${meant}?`,
  );
}
