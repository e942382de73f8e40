import type { JointAction } from '@rppkit/patterns';
import {
  askRandomPrompts,
  findBestFixedPrompt,
  fitRewardModel,
  type RandomPromptAnswers,
  type RewardModel,
} from '@rppkit/search';
import type { Encoder, RandomStream } from '@rppkit/spec';
import { askReport, draws } from './ask-report.ts';
import { createOracleEncoder, type PreparedWorld } from './prepare-world.ts';
import { computeUserMeans } from './user-rewards.ts';

export interface WorldBoundsOptions {
  /** Answers to uniformly random prompts that the context oracle is fitted on. */
  readonly answers: number;
  /** Calls that find the best fixed prompt. */
  readonly bestFixedCalls: number;
  readonly random: RandomStream;
  readonly log: (line: string) => void;
}

/** What lies below and above every policy of a world. */
export interface WorldBounds {
  readonly answers: RandomPromptAnswers;
  readonly fixed: JointAction;
  /** Rewards of the report users under the best fixed prompt, `Float64Array [users * draws]`. */
  readonly fixedRewards: Float64Array;
  /** Their means, `Float64Array [users]`. */
  readonly fixedMeans: Float64Array;
  readonly oracle: RewardModel;
  /** Of the report users. */
  readonly oracleChoices: readonly JointAction[];
  /** What the oracle observes. */
  readonly context: Encoder;
  /** `Float64Array [users]`. */
  readonly oracleMeans: Float64Array;
}

/** The best fixed prompt and the context oracle, both found by answers of the fit users and asked for the report users. */
export async function measureWorldBounds(
  prepared: PreparedWorld,
  { answers: calls, bestFixedCalls, random, log }: WorldBoundsOptions,
): Promise<WorldBounds> {
  const { fit, report, model, space } = prepared;
  const asking = { space, model, tasks: fit };
  log('best fixed prompt');
  const { choice: fixed } = await findBestFixedPrompt({
    ...asking,
    calls: bestFixedCalls,
    random: random.split('best fixed'),
  });
  log(`${calls} answers`);
  const answers = await askRandomPrompts({ ...asking, calls, random: random.split('answers') });
  log('context oracle');
  const context = createOracleEncoder(prepared);
  const oracle = fitRewardModel(answers, { space, encoders: [context] });
  const ask = (choices: readonly JointAction[]): Promise<Float64Array> => askReport(report, choices, prepared);
  const fixedRewards = await ask(report.map(() => fixed));
  const oracleChoices = report.map(({ task }) => oracle.choose(task));
  const oracleRewards = await ask(oracleChoices);
  return {
    answers,
    fixed,
    fixedRewards,
    fixedMeans: computeUserMeans(fixedRewards, draws),
    oracle,
    oracleChoices,
    context,
    oracleMeans: computeUserMeans(oracleRewards, draws),
  };
}
