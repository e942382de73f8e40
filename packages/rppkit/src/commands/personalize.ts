import { createRandomStream } from '@rppkit/spec';
import type { Command } from 'commander';
import type { CliStreams } from '../run-cli.ts';
import { openRunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';
import { addJsonOption, addRunsOption } from './options.ts';

interface PersonalizeFlags {
  readonly run: string;
  readonly user: string;
  readonly runs: string;
  readonly json?: boolean;
}

/** `rppkit personalize`: the prompt that a run's policy picks for one user of its data. */
export function addPersonalizeCommand(program: Command, { stdout, stderr }: CliStreams): void {
  const command = program
    .command('personalize')
    .description('print the prompt that the policy of a run picks for one user')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 no such run or user.

Examples:
  rppkit personalize --run ml-100k --user 42
  rppkit personalize --run ml-100k --user 42 > prompt.txt
  rppkit personalize --run ml-100k --user 42 --json | jq .messages`,
    )
    .requiredOption('--run <name>', 'name of the run')
    .requiredOption('--user <id>', 'user id as in the data');
  addJsonOption(addRunsOption(command)).action(async ({ run, user, runs, json }: PersonalizeFlags) => {
    const { createJudgedTasks, createUserSequences } = await import('@rppkit/datasets');
    const { openPromptPolicy, personalize } = await import('@rppkit/env');
    const { readConfig, readPolicy } = await import('../run-folder/read-run.ts');
    const folder = openRunFolder(runs, run);
    const config = readConfig(folder);
    const promptPolicy = openPromptPolicy(readPolicy(folder));
    const { loadData } = await import('../data/load-data.ts');
    const { dataset } = await loadData(config.data, config.seed);
    const index = dataset.log.users.indexOf(user);
    if (index < 0) {
      const known = dataset.log.users.slice(0, 3).join(', ');
      throw new UsageError(
        `Expected --user to be in ${dataset.name}, received ${JSON.stringify(user)}. Its users look like ${known}.`,
      );
    }
    const random = createRandomStream(config.seed).split('tasks').split('candidates');
    if (createUserSequences(dataset).items(index).length < 2) {
      throw new UsageError(
        `Expected a user with at least two different items, received ${JSON.stringify(user)} with fewer. Choose another user.`,
      );
    }
    const [judged] = createJudgedTasks(dataset, {
      users: Int32Array.of(index),
      target: 'test',
      candidates: config.candidates,
      random,
    });
    const { expressions, prompt } = await personalize(promptPolicy, judged!.task);
    if (json) {
      const chosen = promptPolicy.space.patterns.map(({ name }, position) => {
        const { id, perspective } = expressions[position]!;
        return { pattern: name, id, perspective };
      });
      const { text, messages } = prompt;
      const shown = { run, user, round: 1, rounds: promptPolicy.rounds, expressions: chosen, text, messages };
      stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
      return;
    }
    if (promptPolicy.rounds > 1) {
      stderr.write(`Round 1 of ${promptPolicy.rounds}: later prompts depend on the answers before them\n`);
    }
    promptPolicy.space.patterns.forEach(({ name }, position) => {
      stderr.write(`${name}: ${expressions[position]!.id} (${expressions[position]!.perspective})\n`);
    });
    stdout.write(`${prompt.text}\n`);
  });
}
