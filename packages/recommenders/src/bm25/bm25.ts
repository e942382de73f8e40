/**
 * BM25 on titles.
 *
 * S. Robertson, H. Zaragoza: "The probabilistic relevance framework: BM25 and beyond", Foundations and Trends in Information
 * Retrieval 3(4), 2009.
 *
 * Symbols: N titles, n of them hold the term, tf how often one does, dl its length in terms, avdl the mean length,
 * k1 saturation, b length normalisation, qtf items of the history whose titles hold the term.
 * score = sum over the terms of the history's titles of qtf * idf * tf / (tf + k1 (1 - b + b dl / avdl)).
 *
 * Differences from the paper:
 * - idf = ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative; the paper's lacks the 1 and is for terms that most
 *   titles hold.
 * - The query is the history: a term counts once for each item whose title holds it, without saturation.
 */

import { InvalidArgumentError, type Item } from '@rppkit/spec';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import type { LoadedState } from '../fitted/loaded-state.ts';
import type { Person, RecommenderModel } from '../fitted/recommender-model.ts';
import { assertNotNegative } from '../options/number-checks.ts';
import type { Recommender } from '../recommender.ts';
import { createTitleIndex } from './title-index.ts';
import { computeTitleTerms } from './title-terms.ts';

export interface Bm25Options {
  /** How much further occurrences of a term in a title add, at least 0; 0: nothing. Default 1.2. */
  readonly k1?: number;
  /** How much long titles are held back, in [0, 1]. Default 0.75. */
  readonly b?: number;
}

/**
 * Scores an item by the terms that its title shares with the titles of the history; items never learned from too, as
 * candidates and in histories. Learns only what titles there are. Throws `InvalidArgumentError` for options out of range.
 */
export function createBm25({ k1 = 1.2, b = 0.75 }: Bm25Options = {}): Recommender {
  assertWeighting('', k1, b);
  return {
    name: 'bm25',
    async fit(interactions, { signal }) {
      signal?.throwIfAborted();
      const titles = interactions.items.map(({ title }) => title);
      return createFittedRecommender('bm25', createLearnedUsers(interactions), createModel(titles, k1, b));
    },
  };
}

/** A saved model. Throws `InvalidArgumentError`, which names the field, for a state that is not whole. */
export function loadBm25({ learned, number, texts }: LoadedState): RecommenderModel {
  const titles = texts('titles');
  if (titles.length !== learned.items.length) {
    throw new InvalidArgumentError('state.settings.titles', `of length ${learned.items.length}`, titles);
  }
  const [k1, b] = [number('k1'), number('b')];
  assertWeighting('state.settings.', k1, b);
  return createModel(titles, k1, b);
}

function assertWeighting(owner: string, k1: number, b: number): void {
  assertNotNegative({ [`${owner}k1`]: k1 });
  if (!(b >= 0 && b <= 1)) throw new InvalidArgumentError(`${owner}b`, 'in [0, 1]', b);
}

function createModel(titles: readonly string[], k1: number, b: number): RecommenderModel {
  const { terms, starts, term, weights, weigh } = createTitleIndex(titles, k1, b);
  /** The query of the person at hand, by number of term; 0 between two calls. */
  const query = new Float64Array(terms.size);
  const addToQuery = ({ history, unknown }: Person, amount: 1 | -1): void => {
    for (const item of history) {
      for (let entry = starts[item]!; entry < starts[item + 1]!; entry++) query[term[entry]!]! += amount;
    }
    for (const text of unknown.flatMap(computeDistinctTerms)) {
      const known = terms.get(text);
      if (known !== undefined) query[known]! += amount;
    }
  };
  return {
    settings: { k1, b, titles },
    arrays: {},
    score(person, items, output) {
      addToQuery(person, 1);
      for (let index = 0; index < items.length; index++) {
        const end = starts[items[index]! + 1]!;
        let sum = 0;
        for (let entry = starts[items[index]!]!; entry < end; entry++) sum += query[term[entry]!]! * weights[entry]!;
        output[index] = sum;
      }
      addToQuery(person, -1);
    },
    scoreUnknown(person, item) {
      addToQuery(person, 1);
      const unknownTerms = person.unknown.flatMap(computeDistinctTerms).filter((text) => !terms.has(text));
      let sum = 0;
      for (const [text, weight] of weigh(item.title)) {
        const known = terms.get(text);
        const count = known === undefined ? unknownTerms.filter((other) => other === text).length : query[known]!;
        sum += count * weight;
      }
      addToQuery(person, -1);
      return sum;
    },
  };
}

function computeDistinctTerms({ title }: Item): readonly string[] {
  return [...new Set(computeTitleTerms(title))];
}
