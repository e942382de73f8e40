import { InvalidArgumentError, type Item, type RankingTask, type Scorer } from '@rppkit/spec';

export interface AttributeScorerOptions {
  /** Latest entries of the history that count, a positive integer; default all. */
  readonly window?: number;
  /** Unique among the scorers of one table. Default `attributes`, with a window `attributes of the last` and its number. */
  readonly name?: string;
}

/**
 * Ranks by content: a candidate scores the mean, over the values of its list attributes such as genres, of the share of
 * history entries that have the value too, in [0, 1]. 0 for a candidate without list attributes and for an empty history.
 * Throws `InvalidArgumentError` for a window out of range.
 */
export function createAttributeScorer({ window, name }: AttributeScorerOptions = {}): Scorer {
  if (window !== undefined && !(Number.isInteger(window) && window >= 1)) {
    throw new InvalidArgumentError('window', 'a positive integer', window, 'Leave it out for the whole history.');
  }
  return {
    name: name ?? (window === undefined ? 'attributes' : `attributes of the last ${window}`),
    score({ history, candidates }: RankingTask): Float32Array {
      const entries = window === undefined ? history : history.slice(-window);
      const counts = new Map<string, number>();
      for (const { item } of entries) {
        for (const value of new Set(listAttributeValues(item))) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return Float32Array.from(candidates, (candidate) => {
        const values = listAttributeValues(candidate);
        if (values.length === 0 || entries.length === 0) return 0;
        return values.reduce((sum, value) => sum + (counts.get(value) ?? 0), 0) / (values.length * entries.length);
      });
    },
  };
}

/** Values of all list attributes, each with the name of its attribute. */
function listAttributeValues({ attributes = {} }: Item): readonly string[] {
  return Object.entries(attributes).flatMap(([name, values]) =>
    typeof values === 'string' ? [] : values.map((value) => `${name}\n${value}`),
  );
}
