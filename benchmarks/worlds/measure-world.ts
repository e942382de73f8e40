import { historyStatisticNames } from '@rppkit/env';
import { encodeJointAction, type JointAction, type PatternSpace } from '@rppkit/patterns';
import { fitRewardModel, type RandomPromptAnswers, type RewardModel, sampleJointAction } from '@rppkit/search';
import { type LatentType, latentTypes, type WorldPreset } from '@rppkit/simulator';
import { createRandomStream, type Encoder, type JudgedTask, type RandomStream } from '@rppkit/spec';
import { askReport, draws } from './ask-report.ts';
import { createBinnedEncoder } from './binned-encoder.ts';
import { encodeChoices } from './encode-choices.ts';
import { listUniformPolicies } from './list-uniform-policies.ts';
import { measureTableBounds } from './measure-table-bounds.ts';
import { measureWorldBounds } from './measure-world-bounds.ts';
import { getType, prepareWorld } from './prepare-world.ts';
import { computeTypeRecovery } from './type-recovery.ts';
import { computeMean, computeVariance, computeWithinUser } from './user-rewards.ts';
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
  /** Report users and random prompts of the table of bounds. */
  readonly table: { readonly users: number; readonly prompts: number };
  /** Whether to keep what the bounds ask. */
  readonly choices: boolean;
  /** Whether to measure what the types explain. */
  readonly types: boolean;
  readonly log: (line: string) => void;
}

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
  const prepared = prepareWorld({ preset, fitUsers, reportUsers, random });
  const { world, fit, report, space, encoder } = prepared;
  const { answers, fixed, fixedRewards, fixedMeans, oracle, oracleChoices, context, oracleMeans } =
    await measureWorldBounds(prepared, {
      answers: options.answers,
      bestFixedCalls: options.bestFixedCalls,
      random,
      log: (line) => log(`${preset} ${seed}: ${line}`),
    });

  const evaluate = (choices: readonly JointAction[]): Promise<Float64Array> => askReport(report, choices, prepared);
  const fitted = (encoders: readonly Encoder[], rows: RandomPromptAnswers['rows']): RewardModel =>
    fitRewardModel({ tasks: answers.tasks, rows }, { space, encoders });
  const chooseAll = (policy: RewardModel): readonly JointAction[] => report.map(({ task }) => policy.choose(task));
  const typeOf = (judged: JudgedTask): LatentType => getType(world, judged)!;
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

  log(`${preset} ${seed}: bounds of a table`);
  const table = await measureTableBounds(prepared, { ...options.table, context, random: random.split('table') });
  const record: WorldRecord = {
    random: computeMean(answers.rows.map(({ reward }) => reward)),
    bestFixed: computeMean(fixedMeans),
    oracle: computeMean(oracleMeans),
    headroom,
    standardError: Math.sqrt(computeVariance(gains) / gains.length),
    halfHeadroom,
    withinUser: computeWithinUser(await evaluate(sampleChoices(report, space, random)), draws),
    withinUserBestFixed: computeWithinUser(fixedRewards, draws),
    table,
    ...(options.choices && {
      choices: {
        bestFixed: encodeJointAction(space, fixed),
        oracle: encodeChoices(oracleChoices.map((choice) => encodeJointAction(space, choice))),
      },
    }),
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
    for (const choices of policies) means.push(computeMean(await askReport(judges, choices, prepared)));
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
