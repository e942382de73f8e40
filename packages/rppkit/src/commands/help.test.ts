import { expect, it } from 'vitest';
import { captureCli } from '../run-cli.fixture.ts';

/** The help of a command and, as the second of each pair, of all commands below it. */
async function collectHelp(...path: readonly string[]): Promise<readonly (readonly [string, string])[]> {
  const { code, out } = await captureCli(...path, '--help');
  expect({ path, code }).toEqual({ path, code: 0 });
  const [, listed = ''] = /\nCommands:\n((?: .*\n)+)/.exec(out) ?? [];
  const names = [...listed.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name!).filter((name) => name !== 'help');
  const below = await Promise.all(names.map((name) => collectHelp(...path, name)));
  return [[['rppkit', ...path].join(' '), out] as const, ...below.flat()];
}

it('every command can be read by programs', async () => {
  const helps = await collectHelp();
  for (const [command, help] of helps) {
    if (help.includes('\nCommands:\n') || command === 'rppkit config schema') continue;
    expect({ command, help }).toEqual({
      command,
      help: expect.stringMatching(/ --json | --format <format> .*"json"/s),
    });
  }
});

it('the help of every command has exit codes and examples that name it', async () => {
  const helps = await collectHelp();
  expect(helps.length).toBeGreaterThan(20);
  for (const [command, help] of helps) {
    const [, codes, examples] = /(Exit codes:\s0 [\s\S]*)\nExamples?:\n([\s\S]*)$/.exec(help) ?? [];
    expect({ command, codes }).toEqual({ command, codes: expect.stringMatching(/ 2 /) });
    expect({ command, examples }).toEqual({ command, examples: expect.stringContaining(`  ${command}`) });
  }
});
