import { selectBackend } from '@rppkit/backend';
import {
  createLastAnswer,
  createRecommendationEnvironment,
  createRound,
  type RankingStepInfo,
  type RecommendationEnvironmentOptions,
} from '@rppkit/env';
import { collectRollout, createRppLearner, train } from '@rppkit/marl';
import type { JointAction } from '@rppkit/patterns';
import { createModelSource, createSequenceSearch, evaluateFoundPrompts, type FoundPrompts } from '@rppkit/search';
import { createRandomStream, type JudgedTask, type RandomStream, type Scorer } from '@rppkit/spec';
import { type PreparedWorld, prepareWorld } from '../worlds/prepare-world.ts';
import { computeMean } from '../worlds/user-rewards.ts';
import { cardUsers, type GapPreset, readCardBounds } from '../worlds/world-card.ts';
import { fitBenchedScorers } from './fit-benched-scorers.ts';

export interface MeasureRoundsOptions {
  readonly preset: GapPreset;
  /** One with known bounds. */
  readonly seed: number;
  readonly trainUsers: number;
  /** The first of the report users; each gets one ranking. */
  readonly reportUsers: number;
  /** Prompts a ranking. */
  readonly rounds: readonly number[];
  /** Calls of the trainings. */
  readonly budgets: readonly number[];
  readonly log: (line: string) => void;
}

/** By rounds, system and calls, such as `3 rpp 3000`: mean NDCG@10 of the rank aggregate of all rounds. */
export type RoundsRecord = Readonly<Record<string, number>>;

/** Several prompts a ranking: the best fixed prompt again and again, the best fixed sequence, and the learner. */
export async function measureRounds(options: MeasureRoundsOptions): Promise<RoundsRecord> {
  const { preset, seed, trainUsers, reportUsers, rounds: lengths, budgets, log } = options;
  await selectBackend(['wasm']);
  const prepared = prepareWorld({
    ...cardUsers,
    preset,
    random: createRandomStream(seed).split('world card').split(preset),
  });
  const { space, model } = prepared;
  const tasks = prepared.fit.slice(0, trainUsers);
  const report = prepared.report.slice(0, reportUsers);
  // An episode shows one candidate order in all of its rounds; so do these.
  const [asked, judge] = [tasks, report].map((own) =>
    createModelSource({ tasks: own, space, model, candidateOrders: 1 }),
  );
  const evaluate = async (found: FoundPrompts): Promise<number> =>
    computeMean((await evaluateFoundPrompts(found, judge!)).rewards);
  const { bestFixed } = readCardBounds(preset, seed, space);
  const scorers = await fitBenchedScorers(prepared.world, { tasks, users: prepared.fitUsers });
  const found: Record<string, number> = {};
  for (const rounds of lengths) {
    log(`${preset} ${seed}: ${rounds} rounds`);
    found[`${rounds} best fixed 0`] = await evaluate(repeatPrompt(bestFixed, rounds));
    for (const calls of budgets) {
      const random = createRandomStream(seed).split('rounds').split(preset).split(rounds).split(calls);
      const sequence = createSequenceSearch({ prompts: rounds });
      const prompts = await sequence.search(asked!, { calls, random: random.split('sequence') });
      found[`${rounds} sequence ${calls}`] = await evaluate(prompts);
      log(`${preset} ${seed}: rpp, ${rounds} rounds, ${calls} calls`);
      found[`${rounds} rpp ${calls}`] = await measureLearner(prepared, {
        tasks,
        report,
        scorers,
        rounds,
        calls,
        random,
      });
    }
  }
  return found;
}

/** The same prompt in all rounds. */
function repeatPrompt(prompt: JointAction, rounds: number): FoundPrompts {
  const prompts = Array.from({ length: rounds }, () => prompt);
  return { calls: 0, promptsPerRanking: rounds, choose: () => prompts, save: () => ({ kind: 'repeated', calls: 0 }) };
}

async function measureLearner(
  prepared: PreparedWorld,
  {
    tasks,
    report,
    scorers,
    rounds,
    calls,
    random,
  }: {
    readonly tasks: readonly JudgedTask[];
    readonly report: readonly JudgedTask[];
    readonly scorers: readonly Scorer[];
    readonly rounds: number;
    readonly calls: number;
    readonly random: RandomStream;
  },
): Promise<number> {
  const { space, model, encoder } = prepared;
  const options: Omit<RecommendationEnvironmentOptions, 'tasks' | 'batchSize'> = {
    space,
    model,
    // The last prompt one-hot beside them would make three times as many weights, each update thirty times as long.
    encoders: [encoder, createLastAnswer(), createRound()],
    stateScorers: scorers,
    rounds,
    reward: { objective: 'aggregate' },
    candidateOrders: 1,
  };
  // At most fifty updates.
  const batchSize = Math.max(50, Math.ceil(calls / rounds / 50));
  const environment = createRecommendationEnvironment({ ...options, tasks, batchSize });
  const learner = createRppLearner(environment, { random: random.split('learner'), discount: 1 });
  try {
    await train(environment, learner, { budget: { calls }, random: random.split('training') });
    const { steps } = await collectRollout(
      createRecommendationEnvironment({ ...options, tasks: report, batchSize: report.length }),
      learner,
      { random: random.split('report'), seed: 1, deterministic: true },
    );
    const infos = steps.at(-1)!.infos as readonly RankingStepInfo[];
    return computeMean(infos.map(({ value }) => value!));
  } finally {
    learner.dispose();
  }
}
