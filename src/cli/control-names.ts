import { nearest } from '../baseline/nearest.ts';
import type { Control } from '../findings/control.ts';
import { selects } from '../findings/select.ts';
import type { SecureCartError } from '../model/error.ts';
import { usageError } from './usage.ts';

/** The controls that the globs select; all of them where there is none. Throws a usage error for a glob that selects nothing, since its run would find nothing wrong. */
export function selectControls(globs: readonly string[], catalogue: readonly Control[]): readonly Control[] {
  for (const glob of globs) {
    if (!catalogue.some(({ id }) => selects(glob, id))) throw noControl(glob, catalogue);
  }
  return globs.length === 0 ? catalogue : catalogue.filter(({ id }) => globs.some(glob => selects(glob, id)));
}

/** The usage error of a name or glob that is no control's, with the one that is meant where that can be told. */
export function noControl(given: string, catalogue: readonly Control[]): SecureCartError {
  const ids = catalogue.map(({ id }) => id);
  const meant = ids.find(id => id.endsWith(`/${given}`)) ?? nearest(given, ids);
  return usageError(
    `There is no control ${given}.`,
    meant === undefined ? 'securecart controls lists them.' : `Did you mean ${meant}?`,
  );
}
