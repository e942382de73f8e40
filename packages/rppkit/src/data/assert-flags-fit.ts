import type { DatasetFormat } from '@rppkit/datasets/node';
import { UsageError } from '../usage-error.ts';
import type { DataFlags } from './data-flags.ts';
import { tableFormats } from './dataset-formats.ts';

interface FlagScope {
  readonly flag: string;
  readonly formats: readonly DatasetFormat[];
  /** Whether the user gave it. */
  isGiven(flags: DataFlags): boolean;
}

const namedColumns: readonly DatasetFormat[] = ['recbole', ...tableFormats];
const amazonFormats: readonly DatasetFormat[] = ['amazon-2014', 'amazon-2018', 'amazon-2023'];

/** Flags that only some formats heed. */
const scopes: readonly FlagScope[] = [
  createScope('--user-column', namedColumns, 'userColumn'),
  createScope('--item-column', namedColumns, 'itemColumn'),
  createScope('--time-column', namedColumns, 'timeColumn'),
  createScope('--position-column', namedColumns, 'positionColumn'),
  createScope('--value-column', namedColumns, 'valueColumn'),
  createScope('--title-column', namedColumns, 'titleColumn'),
  createScope('--time-format', tableFormats, 'timeFormat'),
  createScope('--items', tableFormats, 'items'),
  createScope('--delimiter', ['csv'], 'delimiter'),
  { flag: '--no-quotes', formats: ['csv'], isGiven: ({ quotes }) => quotes === false },
  { flag: '--quotes', formats: ['csv'], isGiven: ({ quotes }) => quotes === true },
  createScope('--header', ['csv'], 'header'),
  createScope('--encoding', ['csv'], 'encoding'),
  createScope('--order', [...namedColumns, 'hetrec-lastfm', ...amazonFormats], 'order'),
  createScope('--catalogue', amazonFormats, 'catalogue'),
];

/**
 * Refuses flags that the readers of a format would not heed, and those of a file of items where there is none. Throws
 * `UsageError`.
 */
export function assertFlagsFit(format: DatasetFormat, flags: DataFlags, hasItems: boolean): void {
  for (const { flag, formats, isGiven } of scopes) {
    if (!isGiven(flags) || formats.includes(format)) continue;
    throw new UsageError(
      `Expected ${flag} only with the ${formats.length === 1 ? 'format' : 'formats'} ${formats.join(', ')}, received it with ${format}. Leave it out, or pass another --format.`,
    );
  }
  if (hasItems) return;
  const { itemsIdColumn, itemsTitleColumn, itemsAttributes } = flags;
  for (const [flag, value] of Object.entries({
    '--items-id-column': itemsIdColumn,
    '--items-title-column': itemsTitleColumn,
    '--items-attributes': itemsAttributes,
  })) {
    if (value === undefined) continue;
    throw new UsageError(`Expected ${flag} only with --items, received it alone. Pass --items FILE.`);
  }
}

/** Flags that every format heeds, and those of the second file. */
const otherFlags: Readonly<Record<string, keyof DataFlags>> = {
  '--format': 'format',
  '--skip-bad-lines': 'skipBadLines',
  '--minimum-value': 'minimumValue',
  '--k-core': 'kCore',
  '--items-id-column': 'itemsIdColumn',
  '--items-title-column': 'itemsTitleColumn',
  '--items-attributes': 'itemsAttributes',
};

/** Refuses every flag that says how files are read, for data that come from none. Throws `UsageError`. */
export function assertNoFileFlags(source: string, flags: DataFlags): void {
  const others = Object.entries(otherFlags).filter(([, key]) => flags[key] !== undefined);
  const given = [
    ...others.map(([flag, key]) => (flags[key] === false ? flag.replace('--', '--no-') : flag)),
    ...scopes.filter((scope) => scope.isGiven(flags)).map(({ flag }) => flag),
  ];
  if (given.length === 0) return;
  throw new UsageError(
    `Expected no flags that say how files are read with --data ${source}, received ${given.join(', ')}. Leave them out.`,
  );
}

function createScope(flag: string, formats: readonly DatasetFormat[], key: keyof DataFlags): FlagScope {
  return { flag, formats, isGiven: (flags) => flags[key] !== undefined };
}
