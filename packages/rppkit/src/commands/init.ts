import { join } from 'node:path';
import type { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import type { CliStreams } from '../run-cli.ts';
import { assertFolder } from './data/assert-folder.ts';
import { addJsonOption, makeRelative } from './options.ts';

/** `rppkit init [folder]`: a project that works at once, on a synthetic world with the simulated model. */
export function addInitCommand(program: Command, { stdout }: CliStreams): void {
  const command = program
    .command('init')
    .description('write a small project that works at once and shows where your data, model and patterns go')
    .argument('[folder]', 'where to write it, made where it is missing', makeRelative, '.')
    .option('--force', 'move files that are in the way aside, as NAME.bak')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 files of a project are in the way.

Examples:
  rppkit init
  rppkit init my-project`,
    );
  addJsonOption(command).action(
    async (folder: string, { force = false, json }: { readonly force?: boolean; readonly json?: boolean }) => {
      assertFolder('FOLDER', folder);
      const { writeProject } = await import('../project/write-project.ts');
      const project = writeProject(folder, { version: manifest.version, force });
      if (json) {
        stdout.write(`${JSON.stringify(project, null, 2)}\n`);
        return;
      }
      const { written, moved, keptPackage } = project;
      const lines = [
        ...moved.map(({ from, to }) => `Moved ${from} to ${to}`),
        ...written.map((path) => `Wrote ${path}`),
        ...(keptPackage ? [`Kept ${join(folder, 'package.json')} as it was`] : []),
        '',
        'Next:',
        ...(folder === '.' ? [] : [`  cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}`]),
        keptPackage ? '  npm install rppkit   # unless it is installed' : '  npm install',
        '  npx rppkit train',
        '',
        'Then open rppkit.config.ts: it shows where your data, model and patterns go.',
      ];
      stdout.write(`${lines.join('\n')}\n`);
    },
  );
}
