import { InvalidArgumentError } from '@rppkit/spec';
import { cleanText } from './clean-text.ts';
import type { Comparison } from './comparison.ts';

export interface RenderComparisonCsvOptions {
  /** `systems`: a line for each metric and system. `pairs`: a line for each test. Default `systems`. */
  readonly table?: 'systems' | 'pairs';
}

/**
 * A comparison as CSV (RFC 4180, lines end with CR LF) with all digits. Control and format characters in names become
 * blanks; a name that a spreadsheet would read as a formula, because it begins with `=`, `+`, `-` or `@`, after blanks or
 * not, gets an apostrophe in front. Throws `InvalidArgumentError` for another table.
 */
export function renderComparisonCsv(
  comparison: Comparison,
  { table = 'systems' }: RenderComparisonCsvOptions = {},
): string {
  if (table !== 'systems' && table !== 'pairs') {
    throw new InvalidArgumentError('table', "'systems' or 'pairs'", table);
  }
  const rows = table === 'systems' ? listSystems(comparison) : listPairs(comparison);
  return rows.map((row) => `${row.join(',')}\r\n`).join('');
}

function listSystems({ metrics, systems, users }: Comparison): (string | number | boolean)[][] {
  return [
    ['metric', 'system', 'letter', 'users', 'mean', 'low', 'high', 'best', 'better_than'],
    ...metrics.flatMap(({ name: metric }, column) =>
      systems.map(({ name, letter, results }) => {
        const { mean, low, high, best, betterThan } = results[column]!;
        return [escapeCsv(metric), escapeCsv(name), letter, users, mean, low, high, best, betterThan.join('')];
      }),
    ),
  ];
}

function listPairs({ pairs, users }: Comparison): (string | number | boolean)[][] {
  return [
    [
      ...['metric', 'first', 'second', 'users', 'difference', 'low', 'high'],
      ...['cohens_d', 'p', 'adjusted_p', 'significant', 'direction'],
    ],
    ...pairs.map(({ metric, first, second, difference, cohensD, pValue, adjustedPValue, significant, direction }) => [
      ...[metric, first, second].map(escapeCsv),
      users,
      ...[difference.mean, difference.low, difference.high, cohensD, pValue, adjustedPValue],
      significant,
      direction,
    ]),
  ];
}

function escapeCsv(text: string): string {
  const clean = cleanText(text);
  const harmless = /^\s*[=+\-@]/.test(clean) ? `'${clean}` : clean;
  return /[",]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
