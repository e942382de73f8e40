import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { addDataFlags, type DataFlags } from '../../data/data-flags.ts';
import { pickDefined } from '../../pick-defined.ts';
import type { CliStreams } from '../../run-cli.ts';
import { addJsonOption, makeRelative } from '../options.ts';
import { assertFolder } from './assert-folder.ts';
import { openData } from './open-data.ts';
import { addTaskFlags, type TaskFlags } from './task-flags.ts';

interface TasksFlags extends DataFlags, TaskFlags {
  readonly out: string;
  readonly json?: boolean;
}

/** `rppkit data tasks PATH --out FOLDER`: ranking tasks as files, to freeze an evaluation or to use elsewhere. */
export function addTasksCommand(data: Command, { stdout, stderr }: CliStreams): void {
  const command = data
    .command('tasks')
    .description('make ranking tasks, lint them and write them as JSON Lines')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, whatever the lint found, 1 failed, 2 data or flags that cannot be
used.

Examples:
  rppkit data tasks data/ml-100k.zip --out tasks
  rppkit data tasks books.csv --order column --out tasks --train-users 500`,
    )
    .argument('<path>', 'folder, zip archive or file')
    .requiredOption(
      '--out <folder>',
      'folder for train.jsonl, validation.jsonl, report.jsonl and protocol.json',
      makeRelative,
    );
  addDataFlags(addTaskFlags(addJsonOption(command))).action(async (path: string, flags: TasksFlags) => {
    const { lint, renderJudgedTasks, taskRoles } = await import('@rppkit/datasets');
    assertFolder('--out', flags.out);
    const { createTasksByRole } = await import('./create-tasks.ts');
    const { renderFindings } = await import('./findings.ts');
    const { dataset, checksums } = await openData(path, flags, stderr);
    const tasks = await createTasksByRole(dataset, flags);
    const findings = lint(tasks, { dataset });
    if (findings.length > 0) stderr.write(`${renderFindings(findings)}\n`);
    const written: { readonly path: string; readonly tasks: number }[] = [];
    mkdirSync(flags.out, { recursive: true });
    for (const role of taskRoles) {
      const file = join(flags.out, `${role}.jsonl`);
      // Of an earlier run with other counts: beside the new files it would pass for one of them.
      rmSync(file, { force: true });
      if (tasks[role].length === 0) continue;
      writeFileSync(file, [...renderJudgedTasks(tasks[role])].join(''));
      written.push({ path: file, tasks: tasks[role].length });
    }
    const { out: _, json, ...settings } = flags;
    const protocol = { data: makeRelative(path), checksums, settings: pickDefined(settings), findings };
    const protocolFile = join(flags.out, 'protocol.json');
    writeFileSync(protocolFile, `${JSON.stringify(protocol, null, 2)}\n`);
    if (json) {
      stdout.write(`${JSON.stringify({ files: written, protocol: protocolFile, findings }, null, 2)}\n`);
      return;
    }
    for (const { path: file, tasks: count } of written)
      stdout.write(`${file}: ${count.toLocaleString('en-US')} tasks\n`);
    stdout.write(`${protocolFile}\n`);
  });
}
