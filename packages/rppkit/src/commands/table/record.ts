import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { confirm } from '../confirm.ts';
import { addTaskFlags, type ExperimentFlags } from '../experiment-flags.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { addLimitFlags, type LimitFlags, readLimits } from '../limit-flags.ts';
import { addJsonOption, describeCommand, makeRelative, parseInteger } from '../options.ts';
import { explainTableError } from './explain-table-error.ts';

interface RecordFlags extends ExperimentFlags, LimitFlags {
  readonly out: string;
  readonly tasks: number;
  readonly prompts: number | 'all';
  readonly orders: number;
  readonly draws: number;
  readonly redact?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `rppkit table record`: asks the same prompts about the same users into a file; goes on where it was stopped. */
export function addRecordCommand(table: Command, streams: CliStreams): void {
  const positive = parseInteger(1);
  const command = table
    .command('record')
    .description('ask the same prompts about the same users, and keep the answers in a file')
    .requiredOption('--out <file>', 'the table; what it holds already is not asked again', makeRelative)
    .option('--tasks <count>', 'users asked about, drawn from those to train on', positive, 200)
    .option('--prompts <count>', 'prompts, drawn from all combinations; or all', parsePrompts, 100)
    .option('--orders <count>', 'candidate orders that each prompt is asked in', positive, 4)
    .option('--draws <count>', 'times that each prompt is asked in each order', positive, 1)
    .option('--redact', 'hash user ids with a random salt, kept in FILE.salt');
  addLimitFlags(addTaskFlags(command)).option('--yes', 'ask a model that costs something without asking you first');
  addJsonOption(command)
    .addHelpText(
      'after',
      `
Writes FILE and FILE.json, which says of what data it is; while it records, also
FILE.journal with every answer that came. After Ctrl-C, a kill or a limit, the
same command goes on; failed calls of a finished table are asked again by it, too.
A table holds task ids (data set and user), rankings as numbers and tokens: no
titles, no histories, no prompts with them. With --redact the ids are hashes;
checksums of histories stay, by which who has the data set could tell users.
Exit codes: 0 done; 1 failed; 2 wrong flags, data or file; 3 interrupted.

Examples:
  rppkit table record --data ml-100k --out ml-100k.rpptable
  rppkit table record --data ml-100k --model openai:gpt-4o-mini --tasks 100 \\
    --prompts 20 --orders 2 --input-price 0.15 --output-price 0.60 --out small.rpptable`,
    )
    .action((flags: RecordFlags) => record(command, flags, streams));
}

/** What the table takes, in JSON: the manifest without its lists. */
async function record(command: Command, flags: RecordFlags, { stdout, stderr }: CliStreams): Promise<void> {
  const { out, tasks, prompts, orders, draws, redact = false, yes = false, json = false } = flags;
  const limits = readLimits(flags);
  const { resolveConfig } = await import('../../configuration/resolve-config.ts');
  const { config, file } = await resolveConfig(flags);
  const { recordTable } = await import('../../table/record-table.ts');
  const { createProgress } = await import('../../terminal/progress.ts');
  const { writeMessage } = await import('../../terminal/write-message.ts');
  const log = (line: string): void => writeMessage(stderr, line);
  if (file !== undefined) log(`Configuration: ${file}`);
  const { signal, stop } = listenForInterrupt();
  try {
    const { manifest } = await recordTable({
      ...{ config, out, tasks, prompts, orders, draws, redacted: redact },
      command: describeCommand(command, { as: 'table record' }),
      log,
      progress: createProgress(stderr, json ? { live: false } : {}),
      signal,
      ...(limits !== undefined && { limits }),
      confirm: () => confirm('Ask the model?', yes),
    });
    const { entries, answers, inputTokens, outputTokens } = manifest;
    if (entries.failed > 0) {
      log(`${entries.failed.toLocaleString('en-US')} entries failed; the same command asks them again.`);
    }
    if (json) {
      const shown = { out, tasks: manifest.tasks.length, prompts: manifest.actions.length, orders, draws };
      stdout.write(`${JSON.stringify({ ...shown, entries, answers, inputTokens, outputTokens }, null, 2)}\n`);
    } else {
      const { describeExtent } = await import('../../table/describe-extent.ts');
      const tokens = (inputTokens + outputTokens).toLocaleString('en-US');
      writeMessage(
        stdout,
        `${out}: ${describeExtent(manifest)}, ${answers.toLocaleString('en-US')} answers, ${tokens} tokens. Judge it: rppkit table replay ${out}`,
      );
    }
  } catch (error) {
    throw explainTableError(error);
  } finally {
    stop();
  }
}

function parsePrompts(text: string): number | 'all' {
  return text === 'all' ? 'all' : parseInteger(1)(text);
}
