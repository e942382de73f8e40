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

/** A string or a number that a schema allows; undefined where an `enum` has no value for an entry. */
export function computeSchemaScalar(
  schema: JsonSchema,
  content: SchemaContent,
  place: ValuePlace,
): string | number | undefined {
  if (Array.isArray(schema['enum'])) return findAllowed(schema['enum'], content, place) as string | number | undefined;
  const kind = findKind(schema);
  if (kind === 'integer' || kind === 'number') return clamp(computeNumber(kind, content, place), schema);
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
  return typeof maxLength === 'number' ? text.slice(0, maxLength) : text;
}

function findAllowed(
  allowed: readonly unknown[],
  { ranking, candidates }: SchemaContent,
  { entry }: ValuePlace,
): unknown {
  const about = entry ?? ranking[0];
  if (about !== undefined) {
    const known = [about.label, String(about.label), about.title].find((value) => allowed.includes(value));
    if (known !== undefined) return known;
    // As many values as candidates: the same things under other names.
    if (about.candidate !== undefined && allowed.length === candidates.length) return allowed[about.candidate];
  }
  return entry === undefined ? allowed[0] : undefined;
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

function clamp(value: number | undefined, { minimum, maximum }: JsonSchema): number | undefined {
  if (value === undefined) return undefined;
  const above = typeof minimum === 'number' ? Math.max(minimum, value) : value;
  return typeof maximum === 'number' ? Math.min(maximum, above) : above;
}
