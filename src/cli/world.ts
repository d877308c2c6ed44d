/** A stream that a command writes to. */
export interface Output {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Bits a colour, as tty.WriteStream counts them; absent where the stream is no terminal. */
  readonly getColorDepth?: (env: Environment) => number;
}

export type Environment = Record<string, string | undefined>;

/** Everything that a command learns from outside its arguments, so that a test can give it another world. */
export interface World {
  readonly version: string;
  readonly env: Environment;
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly now: () => Date;
  /** Waits for so many milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  /** Asks the user, and answers what they typed; absent where standard input is no terminal. */
  readonly ask?: (question: string) => Promise<string>;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** The path of the baseline that is shipped with the program. */
  readonly shippedBaseline: string;
}
