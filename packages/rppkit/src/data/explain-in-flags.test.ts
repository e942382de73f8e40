import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addTaskFlags } from '../commands/data/task-flags.ts';
import { addDataFlags } from './data-flags.ts';
import { explainInFlags, translations } from './explain-in-flags.ts';

const datasets = fileURLToPath(new URL('../../../datasets/src/', import.meta.url));

/** The program text of `@rppkit/datasets`, without tests. */
function readSources(): string {
  return readdirSync(datasets, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(`${datasets}${file}`, 'utf8'))
    .join('\n');
}

describe('explainInFlags', () => {
  it('translates only what @rppkit/datasets says', () => {
    const sources = readSources();
    expect(translations.map(([from]) => from).filter((from) => !sources.includes(from))).toEqual([]);
  });

  it('names only flags that exist', () => {
    const known = addDataFlags(addTaskFlags(new Command())).options.map(({ long }) => long);
    const others = ['--from', '--list-blanks'];
    for (const [, to] of translations) {
      for (const [flag] of to.matchAll(/--[a-z-]+/g)) expect([...known, ...others]).toContain(flag);
    }
  });

  it('turns options into flags and leaves other words alone', () => {
    expect(explainInFlags('Expected timeFormat to be "seconds", received 1.')).toBe(
      'Expected --time-format to be "seconds", received 1.',
    );
    expect(
      explainInFlags(
        "r.csv: expected a time, received 1. If it is a time, pass its format; if not, declare order 'column'.",
      ),
    ).toBe(
      'r.csv: expected a time, received 1. If it is a time, pass --time-format (for tables); if not, pass --order column.',
    );
    expect(explainInFlags('Expected order in the court, received none.')).toBe(
      'Expected order in the court, received none.',
    );
  });
});
