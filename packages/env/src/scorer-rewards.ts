import { rankByScores } from '@rppkit/metrics';
import { InvalidArgumentError, type JudgedTask, type Scorer } from '@rppkit/spec';
import { computeScore, type JudgingOptions } from './reward.ts';

/** What rankers that read no prompt get on judged tasks. */
export interface ScorerRewards {
  /** Floats of a task: one a scorer. */
  readonly size: number;
  /** Writes the metric of each scorer's ranking, `Float32Array [size]`. */
  write(judged: JudgedTask, output: Float32Array): void;
}

/**
 * Judges the rankings of scorers as answers are judged, each task once. Equal scores count as ties. Throws
 * `InvalidArgumentError` for what is no list of scorers, or for two of one name; `write` for scores that are not as many
 * numbers as there are candidates, and what the scorer throws.
 */
export function createScorerRewards(scorers: readonly Scorer[], judging: JudgingOptions): ScorerRewards {
  const isScorer = (scorer: Scorer | undefined): boolean =>
    typeof scorer?.score === 'function' && typeof scorer.name === 'string';
  if (!Array.isArray(scorers as unknown) || !scorers.every(isScorer)) {
    throw new InvalidArgumentError('stateScorers', 'an array of scorers, { name, score }', scorers);
  }
  const names = scorers.map(({ name }) => name);
  if (new Set(names).size !== names.length) {
    throw new InvalidArgumentError('stateScorers', 'scorers with different names', names.join(', '));
  }
  const known = new WeakMap<JudgedTask, Float32Array>();
  return {
    size: scorers.length,
    write(judged, output) {
      let rewards = known.get(judged);
      if (rewards === undefined) {
        rewards = Float32Array.from(scorers, (scorer) => judgeScorer(scorer, judged, judging));
        known.set(judged, rewards);
      }
      output.set(rewards);
    },
  };
}

function judgeScorer(scorer: Scorer, judged: JudgedTask, judging: JudgingOptions): number {
  const { id, candidates } = judged.task;
  const scores = scorer.score(judged.task);
  if (scores?.length !== candidates.length || scores.some(Number.isNaN)) {
    const where = `the scores of ${scorer.name} for task ${JSON.stringify(id)}`;
    throw new InvalidArgumentError(where, `${candidates.length} numbers, one a candidate`, scores);
  }
  return computeScore(judged, rankByScores(scores), judging);
}
