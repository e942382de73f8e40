import { assertDisjointUsers, createJudgedTasks } from '@rppkit/datasets';
import { fitHistoryStatistics, historyStatisticNames } from '@rppkit/env';
import {
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
  sampleJointAction,
} from '@rppkit/search';
import {
  createKnowledge,
  createSimulatedTextModel,
  createWorld,
  type LatentType,
  latentTypes,
  type WorldPreset,
} from '@rppkit/simulator';
import { createRandomStream, type Encoder, type JudgedTask, type RandomStream, type TextModel } from '@rppkit/spec';
import { createBinnedEncoder } from './binned-encoder.ts';
import { listUniformPolicies } from './list-uniform-policies.ts';
import { createTraitEncoder } from './trait-encoder.ts';
import { fitTypeClassifier } from './type-classifier.ts';
import { computeTypeRecovery } from './type-recovery.ts';
import { computeMean, computeUserMeans, computeVariance, computeWithinUser } from './user-rewards.ts';
import type { WorldRecord } from './world-record.ts';

export interface MeasureWorldOptions {
  readonly preset: WorldPreset;
  readonly seed: number;
  /**
   * Users whose answers fit every policy and choose prompts, and whose interactions the model knows; two answers each at least.
   */
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
/** Answers that a rule on one dimension is fitted on: it has few parameters. */
const mostRuleAnswers = 300_000;
/** Users, none of them reported, whose answers decide which expression of a pattern is best for everybody. */
const mostJudges = 1500;

/**
 * Measures the card of a world. Report users are others than those whose answers fit policies and choose prompts, and nothing
 * of theirs is known to the model or to the encoder.
 */
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
  assertDisjointUsers(fit, report);
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
  const typeOf = (judged: JudgedTask): LatentType => world.typeOf(Number(judged.task.user.slice(1)) - 1)!;
  // Where types exist, what the observation says of them is what prompts depend on.
  const context = world.typeOf(0) === undefined ? encoder : createTraitEncoder(fitTypeClassifier(encoder, fit, typeOf));
  const oracle = fitted([context]);
  const fixedRewards = await evaluate(report.map(() => fixed));
  const fixedMeans = computeUserMeans(fixedRewards, draws);
  const oracleMeans = computeUserMeans(await evaluate(chooseAll(oracle)), draws);
  const gains = oracleMeans.map((value, user) => value - fixedMeans[user]!);
  const headroom = computeMean(gains);
  const gainOf = async (choices: readonly JointAction[]): Promise<number> =>
    computeMean(await evaluate(choices)) - computeMean(fixedMeans);
  const halfHeadroom = await gainOf(
    chooseAll(
      fitted(
        [context],
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
    withinUser: computeWithinUser(await evaluate(sampleChoices(report, space, random)), draws),
    withinUserBestFixed: computeWithinUser(fixedRewards, draws),
  };
  if (!options.types) return record;

  log(`${preset} ${seed}: rules on one dimension`);
  const rules: Record<string, number> = {};
  const someRows = answers.rows.slice(0, mostRuleAnswers);
  for (let dimension = 0; dimension < encoder.size; dimension++) {
    const binned = createBinnedEncoder(encoder, dimension, fit);
    if (binned === undefined) continue;
    rules[historyStatisticNames[dimension]!] = (await gainOf(chooseAll(fitted([binned], someRows)))) / headroom;
  }
  log(`${preset} ${seed}: patterns and types`);
  const patterns: Record<string, number> = {};
  const judges = fit.slice(0, mostJudges);
  const listPolicies = (tasks: readonly JudgedTask[]): ReturnType<typeof listUniformPolicies> =>
    listUniformPolicies({ model: oracle, space, tasks: tasks.map(({ task }) => task) });
  const reported = listPolicies(report);
  for (const [position, policies] of listPolicies(judges).entries()) {
    // By answers, not by the model's estimates, whose errors the best of several expressions would pick out.
    const means: number[] = [];
    for (const choices of policies) means.push(computeMean(await askAll(judges, choices, space, model)));
    const choices = reported[position]![means.indexOf(Math.max(...means))]!;
    patterns[space.patterns[position]!.section] = 1 - (await gainOf(choices)) / headroom;
  }
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

/** One uniformly random prompt for each user. */
function sampleChoices(
  tasks: readonly JudgedTask[],
  space: PatternSpace,
  random: RandomStream,
): readonly JointAction[] {
  const choices = random.split('one prompt a user');
  return tasks.map(({ task }) => sampleJointAction(choices, space, task));
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
