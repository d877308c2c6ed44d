import { Json } from '../../model/json.ts';
import { Change, type ChangeId, type Created, Fingerprint, type Mend } from '../../model/plan.ts';
import { NO_EFFECT } from '../../network/effect.ts';

/** The stand-ins of a plan, each with the change that creates what it stands for. */
export type StandIns = ReadonlyMap<string, ChangeId>;

/** The stand-ins of the objects that mends create. */
export const standInsOf = (mends: readonly Mend[], name: (creation: ChangeId) => string): StandIns =>
  new Map(
    mends
      .flatMap(({ changes }) => changes)
      .filter(({ edit }) => edit.kind === 'create')
      .map(({ id }) => [name(id), id]),
  );

/**
 * A mend with placeholders for its stand-ins. What it does to an object that the plan creates is taken back with that
 * object, and judged by the audit that follows: a finding of today says nothing of it.
 */
export function placedMend(mend: Mend, standIns: StandIns): Mend {
  const changes = mend.changes.map(change => placedChange(change, standIns));
  const own = changes.filter(({ object }) => typeof object.id !== 'string');
  if (own.length === 0) return { ...mend, changes };
  const { disruption, ...rest } = mend;
  const isNew = own.length === changes.length;
  return {
    ...rest,
    ...(disruption !== undefined && !isNew && { disruption }),
    for: [],
    risk: isNew ? 'safe' : mend.risk,
    changes,
  };
}

/** A fingerprint with placeholders for its stand-ins. */
export const placedFingerprint = (fingerprint: Fingerprint, standIns: StandIns): Fingerprint =>
  Fingerprint.parse(withPlaceholders(plain(fingerprint), standIns));

function placedChange(change: Change, standIns: StandIns): Change {
  const placed = Change.parse(withPlaceholders(plain(change), standIns));
  const { object, edit, call } = placed;
  const creations = [...new Set([...placed.dependsOn, ...creationsIn(plain({ object, edit, call }))])];
  return {
    ...placed,
    // Nothing stands yet in what is new, to be reached otherwise than before.
    effect: typeof object.id === 'string' ? placed.effect : NO_EFFECT,
    dependsOn: creations.filter(id => id !== placed.id),
    undo: undoOf(placed),
  };
}

/**
 * What is set on a new object goes with it, unless that keeps AWS from deleting it: an attached gateway, a user pool's
 * deletion protection, and a group that a rule names, which may be one of a group that its own rules name. That a log ends with its web ACL, AWS does not say.
 */
function undoOf({ id, object, edit, undo }: Change): Change['undo'] {
  if (typeof object.id === 'string' || object.id.$created === id) return undo;
  const isInTheWay =
    object.kind === 'internet-gateway' ||
    object.kind === 'user-pool' ||
    object.kind === 'web-acl-logging' ||
    (object.kind === 'security-group' && creationsIn(plain(edit)).length > 0);
  return isInTheWay ? undo : { kind: 'with', change: object.id.$created };
}

const plain = (value: unknown): Json => Json.parse(JSON.parse(JSON.stringify(value)));

function withPlaceholders(value: Json, standIns: StandIns): Json {
  if (typeof value === 'string') return textWithPlaceholders(value, standIns);
  if (Array.isArray(value)) return value.map(item => withPlaceholders(item, standIns));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withPlaceholders(item, standIns)]),
  );
}

/** A stand-in is a text of its own, or a part of an ARN or a URL; in any other text it is a word like another. */
function textWithPlaceholders(text: string, standIns: StandIns): Json {
  const whole = standIns.get(text);
  if (whole !== undefined) return { $created: whole };
  if (!/^(arn:|https:)/.test(text)) return text;
  const parts: (string | Created)[] = [];
  for (const part of text.split(/([:/])/)) {
    const creation = standIns.get(part);
    const last = parts.at(-1);
    if (creation !== undefined) parts.push({ $created: creation });
    else if (typeof last === 'string') parts.splice(-1, 1, last + part);
    else parts.push(part);
  }
  return parts.length === 1 ? text : { $text: parts };
}

/** The changes whose creations a value names. */
function creationsIn(value: Json): ChangeId[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value) && typeof value.$created === 'string') return [value.$created];
  return Object.values(value).flatMap(creationsIn);
}
