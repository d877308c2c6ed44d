import { z } from 'zod';
import { RowId } from '../identifiers.ts';
import { Severity } from '../severity.ts';

/** Where a row comes from: `document` for the security design as written, `derived` for what it needs in order to work. */
export const Origin = z.enum(['document', 'derived']);
export type Origin = z.infer<typeof Origin>;

/** The words of the document: a table's row with its cells parted by ` | `, or a bullet. */
export const Wording = z.string().min(1).describe("The document's row or bullet, as it is written there");

/** What every row and item of the baseline says about itself. */
export const provenance = {
  id: RowId.describe('In kebab-case, unique in the file'),
  purpose: z.string().min(1).describe('What it is for, in a sentence'),
  origin: Origin.describe('document: the design as written; derived: what the design needs in order to work'),
  severity: Severity.optional().describe("Replaces the control's severity"),
  because: z.string().min(1).optional().describe('Why it is needed, where it is derived'),
  deviation: z
    .string()
    .min(1)
    .optional()
    .describe('Why it is expressed otherwise than the document writes it'),
};

/** What an item says about itself that is not a row of the network tables. */
export const item = {
  ...provenance,
  document: z.array(Wording).min(1).optional().describe("The document's words that it expresses"),
};
