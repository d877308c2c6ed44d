/** A point of an ordered axis: the number of a service, or an address, whose 128 bits a number does not hold exactly. */
export type Point = number | bigint;

/** A stretch of an axis on which a function has one value; `start` is inside it, `end` is not. */
export interface Step<P extends Point, V> {
  readonly start: P;
  readonly end: P;
  readonly value: V;
}

/**
 * A function on an axis, as the stretches on which it is not nothing: ascending, disjoint, and no two that touch have
 * the same value. The form is unique: two functions are equal exactly when their steps are.
 */
export type StepFunction<P extends Point, V> = readonly Step<P, V>[];

/** What has to be known of a step function's values: the one that is left out, and when two are one. */
export interface Values<V> {
  readonly nothing: V;
  readonly same: (a: V, b: V) => boolean;
}

/** A set of points, as the function that is true of them. */
export type PointSet<P extends Point> = readonly Interval<P>[];

/** A stretch of a set. */
export type Interval<P extends Point> = Step<P, boolean>;

/** The values of a set's function. */
export const MEMBERSHIP: Values<boolean> = { nothing: false, same: Object.is };

/** The function whose value is `combine` of both values at every point; of two nothings it must make nothing. */
export function overlay<P extends Point, V>(
  a: StepFunction<P, V>,
  b: StepFunction<P, V>,
  combine: (a: V, b: V) => V,
  values: Values<V>,
): StepFunction<P, V> {
  const steps: Step<P, V>[] = [];
  let i = 0;
  let j = 0;
  let at = nearest(a[0]?.start, b[0]?.start);
  while (at !== undefined) {
    const left = a[i];
    const right = b[j];
    const end = nearest(nextBoundary(left, at), nextBoundary(right, at));
    if (end === undefined) break;
    const value = combine(valueIn(left, at, values.nothing), valueIn(right, at, values.nothing));
    append(steps, { start: at, end, value }, values);
    if (left?.end === end) i += 1;
    if (right?.end === end) j += 1;
    at = end;
  }
  return steps;
}

/** Adds a step behind the others, keeping the form: nothing is left out, and a step that goes on is made longer. */
export function append<P extends Point, V>(steps: Step<P, V>[], step: Step<P, V>, values: Values<V>): void {
  if (values.same(step.value, values.nothing)) return;
  const last = steps.at(-1);
  if (last !== undefined && last.end === step.start && values.same(last.value, step.value)) {
    steps[steps.length - 1] = { start: last.start, end: step.end, value: step.value };
  } else {
    steps.push(step);
  }
}

/** Whether two functions are one. */
export function sameSteps<P extends Point, V>(
  a: StepFunction<P, V>,
  b: StepFunction<P, V>,
  same: Values<V>['same'],
): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((step, index) => sameStep(step, b[index], same));
}

/** The function's value at a point. */
export function valueAt<P extends Point, V>(steps: StepFunction<P, V>, point: P, nothing: V): V {
  return steps.find(step => step.start <= point && point < step.end)?.value ?? nothing;
}

function sameStep<P extends Point, V>(
  a: Step<P, V>,
  b: Step<P, V> | undefined,
  same: Values<V>['same'],
): boolean {
  return b !== undefined && a.start === b.start && a.end === b.end && same(a.value, b.value);
}

function nextBoundary<P extends Point, V>(step: Step<P, V> | undefined, at: P): P | undefined {
  if (step === undefined) return undefined;
  return at < step.start ? step.start : step.end;
}

function valueIn<P extends Point, V>(step: Step<P, V> | undefined, at: P, nothing: V): V {
  return step !== undefined && step.start <= at ? step.value : nothing;
}

function nearest<P extends Point>(a: P | undefined, b: P | undefined): P | undefined {
  if (a === undefined) return b;
  if (b === undefined) return a;
  return a < b ? a : b;
}
