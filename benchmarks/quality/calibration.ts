import { existsSync } from 'node:fs';
import { computeRankingsScore } from '@rppkit/env';
import { mean, studentMeanInterval } from '@rppkit/metrics/statistics';
import { createPatternSpace, createPatterns, type JointAction, movies, type PatternSpace } from '@rppkit/patterns';
import { createSimulatedTextModel } from '@rppkit/simulator';
import type { JudgedTask } from '@rppkit/spec';
import { type AskedPrompts, askPrompts } from '../calibration/ask-prompts.ts';
import type { CalibrationTasks } from '../calibration/calibration-tasks.ts';
import { computePositionSlopes } from '../calibration/compute-position-slopes.ts';
import { computeVarianceComponents } from '../calibration/compute-variance-components.ts';
import { createSyntheticTasks } from '../calibration/create-synthetic-tasks.ts';
import { readMovielensTasks } from '../calibration/read-movielens-tasks.ts';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';

const windows = [3, 10, 30] as const;
const reasonings = ['plain', 'update-preferences', 'infer-preferences', 'similar-preferences'] as const;
const draws = 2;
/** Orders of the candidates that the position slope is measured over; all other figures are those of the first. */
const orders = 4;
const fused = 5;

/** The middle of what a strong model showed, for the figures that may lie on either side of it. */
const centres = {
  Mean: 0.77,
  UserDeviation: 0.2,
  DrawDeviation: 0.1,
  PromptDeviation: 0.02,
  BestAdvantage: 0.035,
  BordaGain: 0.0225,
} as const;

/**
 * NDCG@10 of the `strong` profile under 12 prompts (windows 3, 10, 30 x four reasonings; no role, numbered titles), 2 draws
 * each, at the default temperature, against what a large chat model showed on 48 users. All 200 users of the reference count
 * here; standard deviations are components without noise, so the number of users does not move them. The best prompt's
 * advantage is that of the largest of 12 sample means, which fewer users would raise. Figures are distances from the middle.
 * Without `RPPKIT_DATA` only the synthetic tasks are measured, whose figures have names of their own.
 */
const qualityCalibration: DirectBench = defineBench({
  name: 'quality/calibration',
  purpose:
    'Whether the simulated strong model ranks, varies and gains from aggregation as a large chat model did on MovieLens 1M.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const folder = process.env['RPPKIT_DATA'] ?? '';
    const sources = [...(existsSync(folder) ? [await readMovielensTasks(folder)] : []), createSyntheticTasks()];
    const figures: Record<string, number> = {};
    const rows: (string | number)[][] = [];
    for (const source of sources) {
      log(`${source.name} tasks`);
      const tasks = mode === 'quick' ? source.tasks.slice(0, 40) : source.tasks;
      const measured = await measureCalibration({ ...source, tasks });
      for (const [name, value] of Object.entries(measured.judged)) {
        const centre = (centres as Readonly<Record<string, number>>)[name];
        figures[`${source.name}${name}`] = centre === undefined ? value : Math.abs(value - centre);
      }
      for (const [measurement, value] of measured.printed) rows.push([source.name, measurement, value]);
    }
    return { figures, table: { columns: ['tasks', 'measurement', 'value'], rows } };
  },
});

export default qualityCalibration;

interface Calibration {
  /** By the end of the figure's name. */
  readonly judged: Readonly<Record<keyof typeof centres | 'IncompletePercent' | 'PositionSlope', number>>;
  readonly printed: readonly (readonly [measurement: string, value: number | string])[];
}

async function measureCalibration({ tasks, knowledge }: CalibrationTasks): Promise<Calibration> {
  const space = createPatternSpace({ domain: movies, patterns: createPatterns({ windows }) });
  const choices = windows.flatMap((window) =>
    reasonings.map((reasoning) =>
      choose(space, { role: 'none', history: `last-${window}`, reasoning, format: 'numbered-titles' }),
    ),
  );
  const model = createSimulatedTextModel({ knowledge, profile: 'strong' });
  const ask = (orderIndex: number, drawn: number): Promise<AskedPrompts> =>
    askPrompts(model, { tasks, space, choices, draws: drawn, orderIndex });
  const asked = await ask(0, draws);
  const byOrder = [asked];
  for (let order = 1; order < orders; order++) byOrder.push(await ask(order, 1));

  const components = computeVarianceComponents(asked);
  const promptMeans = choices.map((_, prompt) =>
    mean(asked.values.filter((_, index) => Math.floor(index / draws) % choices.length === prompt)),
  );
  const overall = mean(asked.values);
  const best = Math.max(...promptMeans);
  const slope = studentMeanInterval(
    computePositionSlopes(
      tasks.map(({ task }) => task),
      byOrder,
    ),
  );
  const aggregated = computeFusedMean(tasks, asked);
  const judged = {
    Mean: overall,
    UserDeviation: components.user,
    DrawDeviation: components.draw,
    PromptDeviation: components.prompt,
    BestAdvantage: best - overall,
    BordaGain: aggregated - overall,
    IncompletePercent: (100 * asked.incomplete) / asked.values.length,
    PositionSlope: Math.abs(slope.mean),
  };
  const average = (test: (prompt: number) => boolean): number => mean(promptMeans.filter((_, prompt) => test(prompt)));
  const round = (value: number): string => value.toFixed(3);
  return {
    judged,
    printed: [
      ['users x prompts x draws', `${tasks.length} x ${choices.length} x ${draws}`],
      ['NDCG@10, mean over prompts (.73 to .81)', round(overall)],
      ['standard deviation between users (.16 to .24)', round(components.user)],
      ['standard deviation between draws of a prompt (.07 to .13)', round(components.draw)],
      ['standard deviation between prompt means (.010 to .030)', round(components.prompt)],
      ['standard deviation of user x prompt (no target; measured .10)', round(components.interaction)],
      ['best prompt minus mean (.02 to .05)', round(best - overall)],
      [`Borda over ${fused} different prompts minus one (.010 to .035)`, round(aggregated - overall)],
      ['invalid or incomplete answers, % (below .5)', judged.IncompletePercent.toFixed(2)],
      [
        'places lost a slot, with 95 % interval (none)',
        `${slope.mean.toFixed(4)} [${slope.low.toFixed(4)}, ${slope.high.toFixed(4)}]`,
      ],
      ...windows.map((window, index): [string, string] => [
        `window ${window} (no target; measured ${['.761', '.764', '.782'][index]})`,
        round(average((prompt) => Math.floor(prompt / reasonings.length) === index)),
      ]),
      ...reasonings.map((reasoning, index): [string, string] => [
        `${reasoning} (no target; measured ${['.783', '.786', '.748', '.757'][index]})`,
        round(average((prompt) => prompt % reasonings.length === index)),
      ]),
    ],
  };
}

function choose({ patterns }: PatternSpace, ids: Readonly<Record<string, string>>): JointAction {
  return patterns.map(({ name, expressions }) => {
    const index = expressions.findIndex(({ id }) => id === ids[name]);
    if (index < 0) throw new Error(`Expected an expression ${ids[name]} in the pattern ${name}.`);
    return index;
  });
}

/** Mean NDCG@10 of the Borda aggregates of all sets of `fused` different prompts, one draw each. */
function computeFusedMean(tasks: readonly JudgedTask[], { prompts, draws: drawn, rankings }: AskedPrompts): number {
  const sets = listSubsets(prompts, fused);
  let sum = 0;
  tasks.forEach((judged, user) => {
    for (const [number, set] of sets.entries()) {
      const chosen = set.map((prompt) => rankings[(user * prompts + prompt) * drawn + (number % drawn)]!);
      sum += computeRankingsScore(judged, chosen);
    }
  });
  return sum / tasks.length / sets.length;
}

/** All subsets of [0, count) with `size` members. */
function listSubsets(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  const subsets: number[][] = [];
  for (let last = size - 1; last < count; last++) {
    for (const rest of listSubsets(last, size - 1)) subsets.push([...rest, last]);
  }
  return subsets;
}
