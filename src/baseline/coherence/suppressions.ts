import { Suppression } from '../../model/baseline/suppression.ts';
import type { Fault } from '../fault.ts';
import { soundPartsAt } from './parts.ts';

const Scope = Suppression.pick({ id: true, control: true, resource: true, region: true }).strip();

/** Suppressions that accept everything, or what another one accepts already. */
export function suppressionFaults(value: unknown): Fault[] {
  const first = new Map<string, string>();
  return soundPartsAt(Scope, value, ['suppressions', '*']).flatMap(({ path, value: scope }): Fault[] => {
    const { id, control, resource = '*', region = '*' } = scope;
    const about = [control, resource, region].join(' ');
    const twin = first.get(about);
    first.set(about, twin ?? id);
    if (/^[*/]+$/.test(control) && /^[*:/]+$/.test(resource)) {
      return [
        {
          path: [...path, 'control'],
          at: 'value',
          message: `suppression \`${id}\` is about every control and every resource`,
          suggestion: 'name a control, or a resource',
        },
      ];
    }
    if (twin === undefined) return [];
    return [
      {
        path: [...path, 'id'],
        at: 'value',
        message: `suppression \`${id}\` is about the same as \`${twin}\``,
        suggestion: 'keep one of them',
      },
    ];
  });
}
