import { parseRanking } from '@rppkit/env';
import type { ParsedRanking } from '@rppkit/spec';
import type { ProbeTask } from './create-probe-tasks.ts';

/**
 * Figures of the answers to one task. Places count from 1; `recentPlace`: mean place of the recent genre's candidates minus
 * that of the older genre's; `historyPlace`: of both minus that of the genre that is not in the history; `famousPlace`: of
 * famous candidates minus that of the others. `spread`: mean distance of a candidate's places in two draws. `words`: share of
 * answers with words outside the list; `length`: characters; `broken`: share that is invalid or incomplete; `json` and
 * `indices`: shares of answers in these forms. NaN where no answer has the figure.
 */
export const answerFigures = [
  'recentPlace',
  'historyPlace',
  'famousPlace',
  'spread',
  'words',
  'length',
  'broken',
  'json',
  'indices',
] as const;

export type AnswerFigure = (typeof answerFigures)[number];
export type AnswerFigures = Readonly<Record<AnswerFigure, number>>;

const listLine = /^(?:\d+[.)] .*|\[[\w-]{1,3}\](?: > \[[\w-]{1,3}\])*|\s*|[[\]{}]|\s*".*",?|[[{].*[\]}]|```\w*)$/;

/** The figures of several draws on one task, averaged. */
export function computeAnswerFigures(texts: readonly string[], probe: ProbeTask): AnswerFigures {
  const { candidates, recentGenre, olderGenre, task } = probe;
  const parsed = texts.map((text) => parseRanking(text, { candidates: task.candidates, answer: 'titles' }));
  const places = parsed.map((ranking) => computePlaces(ranking, candidates.length));
  const contrast = (left: (index: number) => boolean, right: (index: number) => boolean): number =>
    mean(places.map((found) => meanPlace(found, left) - meanPlace(found, right)));
  const isGenre = (genre: string) => (index: number) => candidates[index]!.genre === genre;
  const isRecent = isGenre(recentGenre);
  const isOlder = isGenre(olderGenre);
  const share = (holds: (ranking: ParsedRanking, text: string) => boolean): number =>
    mean(parsed.map((ranking, draw) => (holds(ranking, texts[draw]!) ? 1 : 0)));
  const strategy = (end: RegExp) => (ranking: ParsedRanking) =>
    ranking.kind !== 'invalid' && end.test(ranking.strategy);
  return {
    recentPlace: contrast(isRecent, isOlder),
    historyPlace: contrast(
      (index) => isRecent(index) || isOlder(index),
      (index) => !isRecent(index) && !isOlder(index),
    ),
    famousPlace: contrast(
      (index) => candidates[index]!.famous,
      (index) => !candidates[index]!.famous,
    ),
    spread: mean(candidates.map((_, index) => Math.abs(places[0]![index]! - places[1]![index]!))),
    words: share((_, text) => text.split('\n').some((line) => !listLine.test(line))),
    length: mean(texts.map((text) => text.length)),
    broken: share(({ kind }) => kind !== 'complete'),
    json: share(strategy(/^json/)),
    indices: share(strategy(/indices$/)),
  };
}

/** The place of each candidate; NaN for those that the answer leaves out. */
function computePlaces(ranking: ParsedRanking, candidates: number): Float64Array {
  const places = new Float64Array(candidates).fill(Number.NaN);
  if (ranking.kind === 'invalid') return places;
  for (let place = 0; place < ranking.order.length; place++) places[ranking.order[place]!] = place + 1;
  return places;
}

function meanPlace(places: Float64Array, counts: (index: number) => boolean): number {
  return mean([...places].filter((_, index) => counts(index)));
}

/** The mean of those that are numbers. */
function mean(values: readonly number[]): number {
  const found = values.filter((value) => !Number.isNaN(value));
  return found.reduce((sum, value) => sum + value, 0) / found.length;
}
