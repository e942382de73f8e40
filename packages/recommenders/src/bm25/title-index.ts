import { computeTitleTerms } from './title-terms.ts';

/** Statistics of BM25 over the titles of the learned items. */
export interface TitleIndex {
  /** Numbers of the terms that titles of learned items hold. */
  readonly terms: ReadonlyMap<string, number>;
  /** `Int32Array [items + 1]`: title i holds the distinct terms from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Int32Array;
  /** Numbers of terms, aligned with `weights`. */
  readonly term: Int32Array;
  /** What a term adds to the score of its title for each time it stands in the query. */
  readonly weights: Float64Array;
  /** Weight of each distinct term of any title, by text. A term that no learned title holds has the highest IDF. */
  weigh(title: string): ReadonlyMap<string, number>;
}

/** `k1` and `b` as in `createBm25`. */
export function createTitleIndex(titles: readonly string[], k1: number, b: number): TitleIndex {
  const documents = titles.map(computeTitleTerms);
  const average = documents.reduce((sum, { length }) => sum + length, 0) / Math.max(1, documents.length) || 1;
  const frequencies = documents.map(countTerms);
  const documentCounts = countTerms(frequencies.flatMap((counts) => [...counts.keys()]));
  const terms = new Map([...documentCounts.keys()].map((text, index) => [text, index]));
  const weighCounted = (counts: ReadonlyMap<string, number>, length: number): Map<string, number> => {
    const norm = k1 * (1 - b + (b * length) / average);
    return new Map(
      Array.from(counts, ([text, frequency]) => {
        const holding = documentCounts.get(text) ?? 0;
        const idf = Math.log(1 + (titles.length - holding + 0.5) / (holding + 0.5));
        return [text, (idf * frequency) / (frequency + norm)];
      }),
    );
  };
  const starts = new Int32Array(titles.length + 1);
  for (const [item, counts] of frequencies.entries()) starts[item + 1] = starts[item]! + counts.size;
  return {
    terms,
    starts,
    term: Int32Array.from(frequencies.flatMap((counts) => Array.from(counts.keys(), (text) => terms.get(text)!))),
    weights: Float64Array.from(
      frequencies.flatMap((counts, item) => [...weighCounted(counts, documents[item]!.length).values()]),
    ),
    weigh(title) {
      const document = computeTitleTerms(title);
      return weighCounted(countTerms(document), document.length);
    },
  };
}

function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of terms) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
