import type { HeadroomLook } from '@rppkit/search';
import type { Command } from 'commander';
import type { HeadroomResults } from '../headroom/headroom-results.ts';
import type { CliStreams } from '../run-cli.ts';
import { confirm } from './confirm.ts';
import { addTaskFlags, type ExperimentFlags } from './experiment-flags.ts';
import { listenForInterrupt } from './interrupt.ts';
import { addLimitFlags, type LimitFlags, limitFlags, readLimits } from './limit-flags.ts';
import { addJsonOption, addRunsOption, describeCommand, parseInteger } from './options.ts';

interface HeadroomFlags extends ExperimentFlags, LimitFlags {
  readonly runs: string;
  readonly name?: string;
  readonly calls: number;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `rppkit headroom`: whether a few thousand answers to random prompts show that personal prompts could help. */
export function addHeadroomCommand(program: Command, streams: CliStreams): void {
  const command = program
    .command('headroom')
    .description('ask random prompts of a few thousand users: is there a sign that personal prompts could help?')
    .option('--calls <count>', 'calls to the model, at least 100', parseInteger(100), 3000);
  addLimitFlags(addTaskFlags(command))
    .option('--yes', 'ask a model that costs something without asking you first')
    .option('--name <name>', 'name of the run folder (default: headroom- and the data)');
  addJsonOption(addRunsOption(command))
    .addHelpText(
      'after',
      `
Says "worth training" or "no sign"; never that it pays, which only a trained
policy or a table can say. Writes headroom.json into the run folder. After Ctrl-C,
a kill or a limit, the same command goes on: no answer that is stored is asked for
again. Exit codes: 0 done, whatever it found; 1 failed; 2 wrong flags or data;
3 interrupted.

Examples:
  rppkit headroom --data synthetic:diverse --calls 3000
  rppkit headroom --data ml-100k --model openai:gpt-4o-mini --max-calls 2500
  rppkit headroom --data books.csv --order column --json | jq .verdict`,
    )
    .action((flags: HeadroomFlags) => lookForHeadroom(command, flags, streams));
}

async function lookForHeadroom(command: Command, flags: HeadroomFlags, { stdout, stderr }: CliStreams): Promise<void> {
  const { runs, name, calls, yes = false, json = false } = flags;
  const limits = readLimits(flags);
  const { resolveConfig } = await import('../configuration/resolve-config.ts');
  const { config, file } = await resolveConfig(flags);
  const { runHeadroomLook } = await import('../headroom/run-headroom-look.ts');
  const { createProgress } = await import('../terminal/progress.ts');
  const { writeMessage } = await import('../terminal/write-message.ts');
  const log = (line: string): void => writeMessage(stderr, line);
  if (file !== undefined) log(`Configuration: ${file}`);
  const { signal, stop } = listenForInterrupt();
  try {
    const { folder, results } = await runHeadroomLook({
      config,
      calls,
      runs,
      name,
      command: describeCommand(command),
      log,
      progress: createProgress(stderr, json ? { live: false } : {}),
      signal,
      ...(limits !== undefined && { limits }),
      confirm: () => confirm('Ask the model?', yes),
      advise: (look) => advise(command, calls, look),
    });
    const kept = `All figures: ${folder.resolve('headroom.json')}`;
    if (json) {
      log(kept);
      stdout.write(`${JSON.stringify(results, null, 2)}\n`);
    } else {
      const { renderLook } = await import('../headroom/render-look.ts');
      stdout.write(`\n${renderLook(results)}\n\n${kept}\n`);
    }
  } finally {
    stop();
  }
}

/** Flags of this command that `train` and a longer look are not given. */
const ownFlags: readonly string[] = ['--calls', '--name', '--json', '--yes', ...limitFlags];

/** What to type next. */
function advise(command: Command, calls: number, { verdict }: HeadroomLook): HeadroomResults['next'] {
  const train = describeCommand(command, { as: 'train', without: ownFlags });
  const more = describeCommand(command, { without: ownFlags });
  if (verdict === 'worth-training') return [{ command: train, purpose: 'Train, and see whether it pays' }];
  return [
    { command: `${more} --calls ${4 * calls}`, purpose: 'Look closer, where a smaller headroom would matter' },
    { command: train, purpose: 'Or find the best fixed prompt, and train beside it all the same' },
  ];
}
