import { findKind, type JsonSchema } from './json-schema.ts';

/** One place of a ranking. */
export interface SchemaEntry {
  readonly title: string;
  /** The candidate's index; undefined for a title that is no candidate. */
  readonly candidate?: number;
  /** As shown; a number where the prompt has numbers. */
  readonly label: string | number;
  /** A few words about it. */
  readonly remark: string;
}

/** What there is to say, whatever the schema. */
export interface SchemaContent {
  /** Best first. */
  readonly ranking: readonly SchemaEntry[];
  /** All candidates in the order of the prompt. */
  readonly candidates: readonly SchemaEntry[];
  /** True where the prompt asks for labels: strings in lists are then these. */
  readonly byLabel: boolean;
  /** For strings outside a list: the answer in prose, or a rewritten sentence. */
  text(): string;
  /** For such strings that by their name are to give reasons. */
  reasons(): string;
}

/** Where in the answer a value stands. */
export interface ValuePlace {
  readonly depth: number;
  /** Name of the property that holds it, where an object does. */
  readonly property?: string;
  /** What it is about, inside a list; `rank` counts from 1. */
  readonly entry?: SchemaEntry & { readonly rank: number };
}

/** A string, a number or a value of an `enum` that a schema allows; undefined where there is none for an entry. */
export function computeSchemaScalar(
  schema: JsonSchema,
  content: SchemaContent,
  place: ValuePlace,
): string | number | undefined {
  if (Array.isArray(schema['enum'])) return findAllowed(schema['enum'], content, place) as string | number | undefined;
  const kind = findKind(schema);
  if (kind === 'integer' || kind === 'number') {
    const value = computeNumber(kind, content, place);
    return value === undefined ? undefined : computeAllowedNumber(value, kind, schema);
  }
  const { entry, property = '' } = place;
  const isReason = /reason|why|thought|expla|analys|comment|note|justif/i.test(property);
  const text =
    entry === undefined
      ? isReason
        ? content.reasons()
        : content.text()
      : isReason
        ? entry.remark
        : describeEntry(entry, property, content.byLabel);
  const { maxLength } = schema;
  // In code points, as a schema counts.
  return typeof maxLength === 'number' && text.length > maxLength ? [...text].slice(0, maxLength).join('') : text;
}

function findAllowed(
  allowed: readonly unknown[],
  { ranking, candidates }: SchemaContent,
  { entry, property }: ValuePlace,
): unknown {
  const about = entry ?? ranking[0];
  const find = ({ label, title }: SchemaEntry): unknown =>
    [label, String(label), title].find((value) => allowed.includes(value));
  if (about !== undefined) {
    const known = find(about);
    if (known !== undefined) return known;
    // As many values as candidates: the same things under other names.
    if (about.candidate !== undefined && allowed.length === candidates.length) return allowed[about.candidate];
  }
  if (entry === undefined) return allowed[0];
  // A property that names candidates cannot name this one; any other has to have a value.
  const isName = property === undefined || candidates.some((candidate) => find(candidate) !== undefined);
  return isName ? undefined : allowed[0];
}

function describeEntry({ title, label }: SchemaEntry, property: string, byLabel: boolean): string {
  const isLabel = property === '' ? byLabel : /label|letter|index|number|^id$|_id$|Id$/.test(property);
  return isLabel ? String(label) : title;
}

function computeNumber(
  kind: 'integer' | 'number',
  { ranking }: SchemaContent,
  { entry, property }: ValuePlace,
): number | undefined {
  if (entry === undefined || property === undefined) return readNumber(entry ?? ranking[0]);
  if (/rank|place|position/i.test(property)) return entry.rank;
  if (!/score|rating|relevance|probab|likel|confid/i.test(property)) return readNumber(entry);
  const better = ranking.length - entry.rank + 1;
  return kind === 'integer' ? better : better / ranking.length;
}

/** The number of a candidate as shown, its place from 1 where it has a letter. */
function readNumber(entry: SchemaEntry | undefined): number | undefined {
  if (entry === undefined) return 0;
  if (typeof entry.label === 'number') return entry.label;
  return entry.candidate === undefined ? undefined : entry.candidate + 1;
}

/** The value itself, or one near it that keeps to the limits of the schema. */
function computeAllowedNumber(value: number, kind: 'integer' | 'number', schema: JsonSchema): number {
  const read = (name: string, absent: number): number => (typeof schema[name] === 'number' ? schema[name] : absent);
  const multiple = read('multipleOf', kind === 'integer' ? 1 : 0);
  const step = multiple > 0 ? multiple : 1;
  const [minimum, above] = [read('minimum', -Infinity), read('exclusiveMinimum', -Infinity)];
  const [maximum, below] = [read('maximum', Infinity), read('exclusiveMaximum', Infinity)];
  const isMultiple = (number: number): boolean => multiple <= 0 || Number.isInteger(number / multiple);
  if (value >= minimum && value > above && value <= maximum && value < below && isMultiple(value)) return value;
  const low = Math.max(minimum, above + step);
  const high = Math.min(maximum, below - step);
  const near =
    low <= high ? Math.min(high, Math.max(low, value)) : (Math.max(minimum, above) + Math.min(maximum, below)) / 2;
  if (isMultiple(near)) return near;
  const up = Math.ceil(near / multiple) * multiple;
  return up <= high ? up : Math.floor(near / multiple) * multiple;
}
