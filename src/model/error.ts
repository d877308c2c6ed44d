import { z } from 'zod';

/** What a user can be told went wrong, each with the sentence that heads it. */
const summaries = {
  'baseline-invalid': 'The baseline is not valid.',
  'snapshot-invalid': 'The snapshot is not valid.',
  'snapshot-version': 'The snapshot was written by another version of SecureCart.',
  'report-invalid': 'The report is not valid.',
  'report-version': 'The report was written by another version of SecureCart.',
  'credentials-unusable': 'AWS does not accept the credentials, or there are none.',
  'region-unknown': 'It is not known which AWS Region to read.',
  'file-unreadable': 'The file cannot be read.',
  'file-unwritable': 'The file cannot be written; what was there before is still there.',
  usage: 'The command line is not right.',
  'plan-invalid': 'The plan cannot be used.',
  'plan-stale': 'The account has changed since the plan was made; nothing was touched.',
  'plan-refused': 'The plan is not carried out; nothing was touched.',
  'journal-invalid': 'The journal cannot be used.',
  'journal-unwritable': 'The journal cannot be written any more.',
  'call-failed': 'AWS did not answer a call that is needed; nothing was touched.',
  'undo-conflict': 'What is to be taken back was changed since; nothing was touched.',
  'not-permitted': 'AWS would not allow what the plan needs; nothing was touched.',
  locked: 'Another run is changing this account.',
} as const satisfies Record<string, string>;

/** What went wrong, as a constant that scripts may test. */
export type ErrorCode = keyof typeof summaries;

/** One thing that is wrong in a file: where it is (line and column from 1), what it is, and what to write instead. */
export const Problem = z.strictObject({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1),
  message: z.string(),
  suggestion: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** The one error that is meant for the user; any other that reaches them is a bug and shows its stack. */
export class SecureCartError extends Error {
  override readonly name = 'SecureCartError';
  readonly code: ErrorCode;
  /** Constant for a code. */
  readonly summary: string;
  /** This case: the value that is wrong, and why. */
  readonly detail: string;
  /** A line to copy, or what to do next. */
  readonly suggestion: string | undefined;
  /** All that is wrong in the file, in its order, where a file is what is wrong. */
  readonly problems: readonly Problem[];

  constructor(
    code: ErrorCode,
    detail: string,
    more: { suggestion?: string; problems?: readonly Problem[]; cause?: unknown } = {},
  ) {
    const summary = summaries[code];
    super(`${summary} ${detail}`, { cause: more.cause });
    this.code = code;
    this.summary = summary;
    this.detail = detail;
    this.suggestion = more.suggestion;
    this.problems = more.problems ?? [];
  }
}
