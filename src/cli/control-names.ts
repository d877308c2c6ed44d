import { nearest } from '../baseline/nearest.ts';
import type { Control } from '../findings/control.ts';
import { selects } from '../findings/select.ts';
import type { SecureCartError } from '../model/error.ts';
import { usageError } from './usage.ts';

/** The controls that the globs select; all of them where there is none. Throws a usage error for a glob that selects nothing, since its run would find nothing wrong. */
export function selectControls(globs: readonly string[], catalogue: readonly Control[]): readonly Control[] {
  for (const glob of globs) {
    if (!catalogue.some(({ id }) => selects(glob, id))) throw noSuch(glob, globMeantBy(glob, catalogue));
  }
  return globs.length === 0 ? catalogue : catalogue.filter(({ id }) => globs.some(glob => selects(glob, id)));
}

/** The control of this name. Throws a usage error where there is none, with the one that is meant where that can be told. */
export function controlNamed(name: string, catalogue: readonly Control[]): Control {
  const control = catalogue.find(({ id }) => id === name);
  if (control !== undefined) return control;
  const meant = globMeantBy(name, catalogue);
  throw noSuch(name, catalogue.some(({ id }) => id === meant) ? meant : undefined);
}

const noSuch = (given: string, meant: string | undefined): SecureCartError =>
  usageError(
    `There is no control '${given}'.`,
    meant === undefined ? 'securecart controls lists them.' : `Did you mean ${meant}?`,
  );

/** The glob that is meant by one that selects nothing: its system is one of the systems, and what follows one of that system's controls. */
function globMeantBy(glob: string, catalogue: readonly Control[]): string | undefined {
  const ids = catalogue.map(({ id }) => id);
  const systems = ids.map(systemOf);
  const slash = glob.indexOf('/');
  if (slash < 0) {
    const meant = nearest(glob, [...systems, ...ids.map(nameOf)]);
    return systems.some(system => system === meant) ? `${meant}/*` : ids.find(id => nameOf(id) === meant);
  }
  const [before, after] = [glob.slice(0, slash), glob.slice(slash + 1)];
  const system = systems.some(known => selects(before, known)) ? before : nearest(before, systems);
  if (system === undefined) return undefined;
  const own = ids.filter(id => selects(system, systemOf(id)));
  if (own.some(id => selects(after, nameOf(id)))) return `${system}/${after}`;
  const meant = nearest(after, own.map(nameOf));
  return own.find(id => nameOf(id) === meant);
}

const systemOf = (id: string): string => id.slice(0, id.indexOf('/'));
const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);
