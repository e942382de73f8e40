import type { Dataset, TasksByRole } from '@rppkit/datasets';
import { type JudgedTask, RppError } from '@rppkit/spec';
import type { Command } from 'commander';
import { addDataFlags, type DataFlags } from '../../data/data-flags.ts';
import type { CliStreams } from '../../run-cli.ts';
import { UsageError } from '../../usage-error.ts';
import { makeRelative, parseNumber } from '../options.ts';
import { openData } from './open-data.ts';
import { addTaskFlags, type TaskFlags } from './task-flags.ts';

interface LintFlags extends DataFlags, TaskFlags {
  readonly train?: string;
  readonly validation?: string;
  readonly report?: string;
  readonly effect?: number;
  readonly titles: boolean;
  readonly json?: boolean;
}

/** `rppkit data lint [PATH]`: faults of tasks that would spoil a result. Errors end with exit code 1. */
export function addLintCommand(data: Command, { stdout, stderr }: CliStreams): void {
  const command = data
    .command('lint')
    .description('find faults of ranking tasks that would spoil a result; errors end with exit code 1')
    .addHelpText(
      'after',
      `
Exit codes: 0 no errors, 1 errors were found, 2 data or flags that cannot be used.

Examples:
  rppkit data lint data/ml-100k.zip --effect 0.01
  rppkit data lint --train tasks/train.jsonl --report tasks/report.jsonl --json`,
    )
    .argument('[path]', 'data set that the tasks are made from, as `data tasks` makes them')
    .option('--train <file>', 'lint these training tasks (JSON Lines) instead of making them', makeRelative)
    .option('--validation <file>', 'likewise, tasks to choose models with', makeRelative)
    .option('--report <file>', 'likewise, tasks to report on', makeRelative)
    .option('--effect <ndcg>', 'smallest difference that the report is to find, such as 0.01', parseNumber(1e-9, 1))
    .option('--no-titles', 'do not check titles')
    .option('--json', 'print JSON');
  addDataFlags(addTaskFlags(command)).action(async (path: string | undefined, flags: LintFlags) => {
    const { lint } = await import('@rppkit/datasets');
    const { renderFindings } = await import('./findings.ts');
    const dataset = path === undefined ? undefined : (await openData(path, flags, stderr)).dataset;
    const tasks = await findTasks(dataset, flags);
    const findings = lint(tasks, {
      titles: flags.titles,
      ...(dataset !== undefined && { dataset }),
      ...(flags.effect !== undefined && { effect: flags.effect }),
    });
    if (flags.json) stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
    else stdout.write(findings.length === 0 ? 'Nothing found.\n' : `${renderFindings(findings)}\n`);
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    if (errors > 0) throw new RppError('PROTOCOL', `Expected tasks without errors, received ${errors}, listed above.`);
  });
}

async function findTasks(dataset: Dataset | undefined, flags: LintFlags): Promise<TasksByRole> {
  const { readJudgedTasks } = await import('@rppkit/datasets');
  const { openDataFile } = await import('@rppkit/datasets/node');
  const { createTasksByRole } = await import('./create-tasks.ts');
  const files = { train: flags.train, validation: flags.validation, report: flags.report };
  const tasks: Record<string, readonly JudgedTask[]> = {};
  for (const [role, file] of Object.entries(files)) {
    if (file !== undefined) tasks[role] = await readJudgedTasks(await openDataFile(file));
  }
  if (Object.keys(tasks).length > 0) return tasks;
  if (dataset !== undefined) return createTasksByRole(dataset, flags);
  throw new UsageError(
    'Expected a data set or files of tasks, received neither. Pass a path, or --train and --report.',
  );
}
