import { createJudgedTasks } from '@rppkit/datasets';
import { fitHistoryStatistics, historyStatisticNames } from '@rppkit/env';
import {
  computeJointActionCount,
  createPatternSpace,
  defaultPatterns,
  type JointAction,
  legalizeJointAction,
  movies,
  type PatternSpace,
} from '@rppkit/patterns';
import {
  askRandomPrompts,
  evaluatePrompts,
  findBestFixedPrompt,
  fitRewardModel,
  type RandomPromptAnswers,
  type RewardModel,
} from '@rppkit/search';
import {
  createKnowledge,
  createSimulatedTextModel,
  createWorld,
  type LatentType,
  latentTypes,
  type WorldPreset,
} from '@rppkit/simulator';
import { createRandomStream, type Encoder, type JudgedTask, type TextModel } from '@rppkit/spec';
import { createBinnedEncoder } from './binned-encoder.ts';
import { computeTypeRecovery } from './type-recovery.ts';
import type { WorldRecord } from './world-record.ts';

export interface MeasureWorldOptions {
  readonly preset: WorldPreset;
  readonly seed: number;
  /** Users whose answers fit every policy; two answers each at least. */
  readonly fitUsers: number;
  /** Answers to uniformly random prompts that policies are fitted on. */
  readonly answers: number;
  /** Calls that find the best fixed prompt. */
  readonly bestFixedCalls: number;
  readonly reportUsers: number;
  /** Whether to measure what the types explain. */
  readonly types: boolean;
  readonly log: (line: string) => void;
}

const draws = 4;

/** Measures the card of a world. Report users are others than those whose answers fit policies and choose prompts. */
export async function measureWorld(options: MeasureWorldOptions): Promise<WorldRecord> {
  const { preset, seed, fitUsers, reportUsers, log } = options;
  const random = createRandomStream(seed).split('world card').split(preset);
  const users = fitUsers + reportUsers;
  const world = createWorld({ preset, users, random: random.split('world') });
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
  const makeTasks = (from: number, to: number): readonly JudgedTask[] =>
    createJudgedTasks(world.dataset, { users: range(from, to), target: 'test', random: random.split('tasks') });
  const fit = makeTasks(reportUsers, users);
  const report = makeTasks(0, reportUsers);
  const model = createSimulatedTextModel({
    knowledge: createKnowledge(world.dataset, { users: range(reportUsers, users) }),
  });
  const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
  const encoder = fitHistoryStatistics(fit.map(({ task }) => task));

  log(`${preset} ${seed}: best fixed prompt`);
  const asking = { space, model, tasks: fit };
  const { choice: fixed } = await findBestFixedPrompt({
    ...asking,
    calls: options.bestFixedCalls,
    random: random.split('best fixed'),
  });
  log(`${preset} ${seed}: ${options.answers} answers`);
  const answers = await askRandomPrompts({ ...asking, calls: options.answers, random: random.split('answers') });

  log(`${preset} ${seed}: policies`);
  const evaluate = (choices: readonly JointAction[]): Promise<Float64Array> => askAll(report, choices, space, model);
  const fitted = (encoders: readonly Encoder[], rows = answers.rows): RewardModel =>
    fitRewardModel({ tasks: answers.tasks, rows }, { space, encoders });
  const chooseAll = (policy: RewardModel): readonly JointAction[] => report.map(({ task }) => policy.choose(task));
  const oracle = fitted([encoder]);
  const fixedRewards = await evaluate(report.map(() => fixed));
  const fixedMeans = computeUserMeans(fixedRewards);
  const oracleMeans = computeUserMeans(await evaluate(chooseAll(oracle)));
  const gains = oracleMeans.map((value, user) => value - fixedMeans[user]!);
  const headroom = computeMean(gains);
  const gainOf = async (choices: readonly JointAction[]): Promise<number> =>
    computeMean(await evaluate(choices)) - computeMean(fixedMeans);
  const halfHeadroom = await gainOf(
    chooseAll(
      fitted(
        [encoder],
        answers.rows.filter(({ task }) => task % 2 === 0),
      ),
    ),
  );

  const record = {
    random: computeMean(answers.rows.map(({ reward }) => reward)),
    bestFixed: computeMean(fixedMeans),
    oracle: computeMean(oracleMeans),
    headroom,
    standardError: Math.sqrt(computeVariance(gains) / gains.length),
    halfHeadroom,
    withinUser: computeWithinUser(fixedRewards),
  };
  if (!options.types) return record;

  log(`${preset} ${seed}: rules on one dimension`);
  const rules: Record<string, number> = {};
  for (let dimension = 0; dimension < encoder.size; dimension++) {
    const binned = createBinnedEncoder(encoder, dimension, fit);
    if (binned === undefined) continue;
    rules[historyStatisticNames[dimension]!] = (await gainOf(chooseAll(fitted([binned])))) / headroom;
  }
  log(`${preset} ${seed}: patterns and types`);
  const patterns: Record<string, number> = {};
  const orders = report.map(({ task }) => oracle.rank(computeJointActionCount(space), task));
  for (const [position, { section }] of space.patterns.entries()) {
    const choices = chooseWithoutPattern(orders, report, oracle, space, position);
    patterns[section] = 1 - (await gainOf(choices)) / headroom;
  }
  const typeOf = (judged: JudgedTask): LatentType => world.typeOf(Number(judged.task.user.slice(1)) - 1)!;
  const typePrompts = fitTypePrompts(answers, space, typeOf);
  return {
    ...record,
    types: {
      ...computeTypeRecovery({ encoder, fit, report, typeOf }),
      rules,
      patterns,
      typeOracle: await gainOf(report.map((judged) => typePrompts[typeOf(judged).index]!)),
    },
  };
}

/** Rewards of the users' prompts, `Float64Array [users * draws]`; draw d shows candidate order d. */
async function askAll(
  tasks: readonly JudgedTask[],
  choices: readonly JointAction[],
  space: PatternSpace,
  model: TextModel,
): Promise<Float64Array> {
  const trials = choices.flatMap((choice, task) => {
    const legal = legalizeJointAction(space, choice, tasks[task]!.task);
    return Array.from({ length: draws }, (_, orderIndex) => ({ task, choice: legal, orderIndex }));
  });
  return (await evaluatePrompts({ tasks, trials, space, model })).ndcg.get(10)!;
}

/** The best policy whose pattern at `position` is the same for everybody; its expression is chosen by the model's own estimate. */
function chooseWithoutPattern(
  orders: readonly (readonly JointAction[])[],
  tasks: readonly JudgedTask[],
  model: RewardModel,
  space: PatternSpace,
  position: number,
): readonly JointAction[] {
  const alternatives = space.patterns[position]!.expressions.map((_, action) => {
    const choices = orders.map((order) => order.find((choice) => choice[position] === action)!);
    const estimate = computeMean(
      choices.slice(0, 2000).map((choice, user) => model.predict(tasks[user]!.task, choice)),
    );
    return { choices, estimate };
  });
  return alternatives.reduce((best, other) => (other.estimate > best.estimate ? other : best)).choices;
}

/** The best prompt of each latent type. */
function fitTypePrompts(
  { tasks, rows }: RandomPromptAnswers,
  space: PatternSpace,
  typeOf: (judged: JudgedTask) => LatentType,
): readonly JointAction[] {
  const types = tasks.map((judged) => typeOf(judged).index);
  return latentTypes.map(({ index }) => {
    const own = rows.filter(({ task }) => types[task] === index);
    return fitRewardModel({ tasks, rows: own }, { space }).rank(1)[0]!;
  });
}

function computeUserMeans(rewards: Float64Array): Float64Array {
  return Float64Array.from({ length: rewards.length / draws }, (_, user) =>
    computeMean(rewards.subarray(user * draws, (user + 1) * draws)),
  );
}

function computeWithinUser(rewards: Float64Array): number {
  const users = rewards.length / draws;
  let sum = 0;
  for (let user = 0; user < users; user++) sum += computeVariance(rewards.subarray(user * draws, (user + 1) * draws));
  return Math.sqrt(sum / users);
}

function computeMean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

/** Of a sample: divided by n - 1. */
function computeVariance(values: ArrayLike<number>): number {
  const mean = computeMean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index]! - mean) ** 2;
  return sum / (values.length - 1);
}
