import { Command, CommanderError } from 'commander';
import { type ErrorCode, SecureCartError } from '../model/error.ts';
import { renderError } from './error.ts';
import { ExitCode } from './exit-codes.ts';
import { lookFor } from './look.ts';
import type { World } from './world.ts';

/** What a file of commands/ exports: the arguments and options of its command, and what it does with them. */
export interface CommandModule {
  readonly configure: (command: Command) => void;
  /** Rejects with a SecureCartError for what the user can mend. */
  readonly run: (command: Command, world: World) => Promise<ExitCode>;
}

interface Entry {
  /** The command's name, after its group's where it has one. */
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

const entries: readonly Entry[] = [
  {
    name: 'audit',
    summary: 'compare an account, or a snapshot of one, with the baseline',
    load: () => import('./commands/audit.ts'),
  },
  {
    name: 'snapshot',
    summary: 'read an account into a file, to audit later or elsewhere',
    load: () => import('./commands/snapshot.ts'),
  },
  {
    name: 'report',
    summary: 'show a report that was written as JSON, in any other form',
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'diff',
    summary: 'compare two reports: what is new, mended, changed, or not known any more',
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'init',
    summary: 'write a baseline for an account that exists',
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'baseline check',
    summary: 'prove that the baseline lets through what it must, and nothing else',
    load: () => import('./commands/baseline-check.ts'),
  },
  {
    name: 'controls',
    summary: 'list the controls of the catalogue',
    load: () => import('./commands/controls.ts'),
  },
  {
    name: 'explain',
    summary: 'say what a control demands, why, and what to do where it fails',
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'policy audit',
    summary: 'print the IAM policy that an audit needs, and no more',
    load: () => import('./commands/policy-audit.ts'),
  },
  {
    name: 'fix',
    summary: 'plan the mends for what fails, and carry them out once you agree',
    load: () => import('./commands/fix.ts'),
  },
  {
    name: 'apply',
    summary: 'build what the baseline needs and the account lacks, once you agree',
    load: () => import('./commands/apply.ts'),
  },
  {
    name: 'undo',
    summary: 'take back what a fix or an apply did, by its journal',
    load: () => import('./commands/undo.ts'),
  },
  {
    name: 'policy fix',
    summary: 'print the IAM policy that a plan needs, and no more',
    load: () => import('./commands/policy-fix.ts'),
  },
  {
    name: 'policy apply',
    summary: 'print the IAM policy that building the baseline needs, and no more',
    load: () => import('./commands/policy-apply.ts'),
  },
  {
    name: 'export cloudformation',
    summary: 'write the baseline as a CloudFormation template',
    load: () => import('./commands/export-cloudformation.ts'),
  },
];

const groups: Readonly<Record<string, string>> = {
  baseline: 'work on the baseline itself, without AWS',
  policy: 'print the IAM policy that a command needs',
  export: 'write the baseline for another tool',
};

/** Runs a command line and answers its exit code; never rejects. An interruption is answered at once. */
export async function run(argv: readonly string[], world: World): Promise<ExitCode> {
  const interrupted = new Promise<ExitCode>(resolve => {
    world.signal.addEventListener('abort', () => resolve(ExitCode.interrupted), { once: true });
  });
  return Promise.race([interrupted, attempt(argv, world)]);
}

async function attempt(argv: readonly string[], world: World): Promise<ExitCode> {
  let answer: ExitCode = ExitCode.ok;
  try {
    const program = await build(argv, world, code => {
      answer = code;
    });
    await program.parseAsync(argv, { from: 'user' });
    return answer;
  } catch (error) {
    // Commander has said what is wrong, or has shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.couldNotRun;
    // What an interruption ended has nothing more to say.
    if (world.signal.aborted) return ExitCode.interrupted;
    const look = lookFor(world.stderr, world, { color: !argv.includes('--no-color') });
    world.stderr.write(renderError(error, world.version, look));
    return isRefusal(error) ? ExitCode.refused : ExitCode.couldNotRun;
  }
}

/** The errors by which a command that could run decides not to. */
const refusals: ReadonlySet<ErrorCode> = new Set([
  'plan-stale',
  'plan-refused',
  'undo-conflict',
  'not-permitted',
  'locked',
]);

const isRefusal = (error: unknown): boolean => error instanceof SecureCartError && refusals.has(error.code);

/** The whole program; of the commands, only the one that is asked for is loaded. */
async function build(
  argv: readonly string[],
  world: World,
  answer: (code: ExitCode) => void,
): Promise<Command> {
  const program = root(world);
  const asked = argv.filter(argument => !argument.startsWith('-') && argument !== 'help').join(' ');
  for (const { name, summary, load } of entries) {
    const words = name.split(' ');
    const command = parentOf(words, program)
      .command(words.at(-1) ?? name)
      .summary(summary);
    if (asked !== name && !asked.startsWith(`${name} `)) continue;
    const { configure, run } = await load();
    configure(command);
    command.action(async () => answer(await run(command, world)));
  }
  return program;
}

function parentOf([first = '', ...rest]: readonly string[], program: Command): Command {
  if (rest.length === 0) return program;
  const present = program.commands.find(command => command.name() === first);
  return present ?? program.command(first).summary(groups[first] ?? '');
}

function root(world: World): Command {
  const width = (output: World['stdout']) => () => lookFor(output, world, { color: false }).width;
  return new Command('securecart')
    .description('Audits an AWS account against a declared security baseline, packet by packet.')
    .version(world.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .option('--no-color', 'do not colour the output (NO_COLOR and FORCE_COLOR are heeded too)')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: text => world.stdout.write(text),
      writeErr: text => world.stderr.write(text),
      getOutHelpWidth: width(world.stdout),
      getErrHelpWidth: width(world.stderr),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
    .showHelpAfterError('(securecart --help lists what there is)');
}
