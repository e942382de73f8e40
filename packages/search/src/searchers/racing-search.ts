/**
 * Racing: Maron, Moore: "Hoeffding races: accelerating model selection search for classification and function
 * approximation", NIPS 1994, with the empirical Bernstein bound of Audibert, Munos, Szepesvari: "Exploration-exploitation
 * tradeoff using variance estimates in multi-armed bandits", Theoretical Computer Science 410, 2009, Theorem 1.
 *
 * Symbols: n pairs, V their variance (divided by n), b their range, x = ln(3 / delta); with probability 1 - delta the mean
 * of n draws is within sqrt(2 V x / n) + 3 b x / n of its expectation.
 *
 * Differences from the papers: bounds are on the difference to the leader on the same tasks and orders, as users differ more
 * than prompts do; looks come at growing numbers of tasks and share the error with the racers; where there are more prompts
 * than racers, a screening chooses.
 */

import { InvalidArgumentError } from '@rppkit/spec';
import type { AnswerSource } from '../answers/answer-source.ts';
import { computeAdvantages, findBest } from './ask-grid.ts';
import { createFoundSequence } from './found-sequence.ts';
import { countPrompts, listPrompts } from './list-prompts.ts';
import { rankPrompts, screenPrompts } from './screen-prompts.ts';
import { createSearchCalls, type SearchCalls } from './search-calls.ts';
import type { Searcher } from './searcher.ts';
import { createTaskWalk } from './task-walk.ts';

export interface RacingSearchOptions {
  /** Prompts that race, an integer of at least 2; default 16. Where there are more, half of the calls screen them. */
  readonly racers?: number;
  /** Probability in (0, 1) with which no better racer is dropped; default 0.95. */
  readonly confidence?: number;
  /** The largest reward less the smallest one, positive; default 1, as of NDCG. */
  readonly range?: number;
}

/** Places of the first look; each further look comes when half as many again have been asked. */
const firstPlaces = 4;
const growth = 1.5;

/**
 * The best fixed prompt by racing: all racers are asked on the same tasks, and one is dropped as soon as it is worse than
 * the leader with confidence. Stops, before its budget ends too, when one is left or when further answers of the source
 * would repeat those before, which tell nothing new; the best of those left is served.
 * Needs 4 calls for each racer, twice that with a screening. The bounds hold for any distribution of rewards and are wide:
 * a difference of .05 takes some two thousand tasks.
 */
export function createRacingSearch({ racers = 16, confidence = 0.95, range = 1 }: RacingSearchOptions = {}): Searcher {
  if (!Number.isInteger(racers) || racers < 2) {
    throw new InvalidArgumentError('racers', 'an integer of at least 2', racers);
  }
  if (!(confidence > 0 && confidence < 1)) throw new InvalidArgumentError('confidence', 'in (0, 1)', confidence);
  if (!(range > 0 && range < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError('range', 'a positive number', range);
  }
  const computeFewestCalls = (source: AnswerSource): number => {
    const prompts = countPrompts(source);
    return prompts > racers ? 2 * firstPlaces * racers : firstPlaces * prompts;
  };
  return {
    name: 'racing',
    computeFewestCalls,
    async search(source, { random, ...options }) {
      const calls = createSearchCalls(source, computeFewestCalls(source), options);
      let prompts = listPrompts(source);
      if (prompts.length > racers) {
        const model = await screenPrompts(calls, { count: Math.floor(options.calls / 2), random });
        prompts = rankPrompts(calls, model, racers);
      }
      const walk = createTaskWalk(source, random.split('racing'));
      const best = await race(calls, prompts.length, {
        getTrial: (racer, place) => ({ ...walk(place), choice: prompts[racer]! }),
        delta: 1 - confidence,
        range,
        mostPlaces: source.tasks.length * source.candidateOrders * (source.draws ?? Number.POSITIVE_INFINITY),
      });
      return createFoundSequence(source.space, [prompts[best]!], calls.made);
    },
  };
}

interface RaceOptions {
  readonly getTrial: (racer: number, place: number) => Parameters<AnswerSource['ask']>[0][number];
  readonly delta: number;
  readonly range: number;
  /** Places with an answer of their own. */
  readonly mostPlaces: number;
}

/** Races with all calls left and gives the number of the winner. */
async function race(
  calls: SearchCalls,
  count: number,
  { getTrial, delta, range, mostPlaces }: RaceOptions,
): Promise<number> {
  const looks = countLooks(Math.min(mostPlaces, Math.floor(calls.left / Math.min(2, count))));
  const x = Math.log((3 * Math.max(1, count - 1) * looks) / delta);
  let alive = Array.from({ length: count }, (_, racer) => racer);
  const rewards = alive.map((): number[] => []);
  const findLeader = (): number => {
    const table = Float64Array.from(alive.flatMap((racer) => rewards[racer]!));
    const leader = findBest(computeAdvantages(table, alive.length));
    return alive[Math.max(0, leader)]!;
  };
  let places = 0;
  for (let look = 0; alive.length > 1 || look === 0; look++) {
    const wanted = Math.min(computePlaces(look), mostPlaces) - places;
    const batch = Math.min(wanted, Math.floor(calls.left / alive.length));
    if (batch === 0) break;
    const asked = alive;
    const first = places;
    await calls.ask(
      asked.length * batch,
      (index) => getTrial(asked[Math.floor(index / batch)]!, first + (index % batch)),
      (index, reward) => rewards[asked[Math.floor(index / batch)]!]!.push(reward),
    );
    places += batch;
    const leader = rewards[findLeader()]!;
    alive = alive.filter((racer) => computeLowerBound(leader, rewards[racer]!, x, 2 * range) <= 0);
  }
  calls.assertAnswered();
  return findLeader();
}

/** Places asked by look number `look`. */
function computePlaces(look: number): number {
  return Math.floor(firstPlaces * growth ** look);
}

function countLooks(places: number): number {
  let looks = 1;
  while (computePlaces(looks - 1) < places) looks++;
  return looks;
}

/** A lower bound of the mean of left - right, over the places at which both are numbers; -Infinity where there are none. */
export function computeLowerBound(left: readonly number[], right: readonly number[], x: number, range: number): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let place = 0; place < left.length; place++) {
    const difference = left[place]! - right[place]!;
    if (Number.isNaN(difference)) continue;
    count++;
    sum += difference;
    squares += difference * difference;
  }
  if (count === 0) return Number.NEGATIVE_INFINITY;
  const mean = sum / count;
  const variance = Math.max(0, squares / count - mean * mean);
  return mean - Math.sqrt((2 * variance * x) / count) - (3 * range * x) / count;
}
