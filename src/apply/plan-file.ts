import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SecureCartError } from '../model/error.ts';
import { canonicalJson, Json } from '../model/json.ts';
import { changesOf, Plan } from '../model/plan.ts';
import { disorder } from '../plan/order.ts';
import { demandOperation } from './aws-account.ts';

/** A plan as a file holds it. The digest is no secret's: it shows an accident or a careless edit, not a forger. */
const PlanFile = z.strictObject({ plan: Plan, digest: z.string() });

/** The text of a plan's file. */
export const renderPlanFile = (plan: Plan): string =>
  `${JSON.stringify({ plan, digest: planDigest(plan) }, null, 2)}\n`;

/** Reads a plan's file. Throws a SecureCartError for one that is cut short, was edited, or is of another version. */
export async function parsePlanFile(text: string, file: string): Promise<Plan> {
  const json = parseJson(text, file);
  const version = z.looseObject({ plan: z.looseObject({ schemaVersion: z.unknown() }) }).safeParse(json);
  if (version.data !== undefined && version.data.plan.schemaVersion !== 1) {
    throw refusal(
      file,
      `is of version ${JSON.stringify(version.data.plan.schemaVersion)}; this program writes and reads version 1.`,
    );
  }
  const read = PlanFile.safeParse(json);
  if (!read.success) throw refusal(file, noPlan(read.error));
  const { plan, digest } = read.data;
  if (planDigest(plan) !== digest) throw refusal(file, 'was edited: its digest is another one.');
  const fault = disorder(plan.mends);
  if (fault !== undefined) throw refusal(file, `cannot be carried out in order: ${fault}`);
  for (const { call } of changesOf(plan)) await demandOperation(call);
  return plan;
}

/** That it is no plan, by the first thing that none has so: the rest would often only follow from it. */
function noPlan({ issues: [issue] }: z.ZodError): string {
  const place = issue?.path.join('.') ?? '';
  return place === '' ? 'is no plan.' : `is no plan: \`${place}\` is missing, or is not as a plan has it.`;
}

/** SHA-256 of the plan in canonical JSON, in hexadecimal. */
const planDigest = (plan: Plan): string =>
  createHash('sha256')
    .update(canonicalJson(Json.parse(JSON.parse(JSON.stringify(plan)))))
    .digest('hex');

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refusal(file, 'is cut short, or is no JSON.', error);
  }
}

const refusal = (file: string, what: string, cause?: unknown): SecureCartError =>
  new SecureCartError('plan-invalid', `${file} ${what}`, {
    suggestion: `Make it again: securecart fix --plan-only -o ${file}`,
    cause,
  });
