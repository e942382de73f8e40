import { selectBackend } from '@rppkit/backend';
import { fitHistoryStatistics } from '@rppkit/env';
import { train } from '@rppkit/marl';
import { pairedTTest } from '@rppkit/metrics/statistics';
import {
  createPatternSpace,
  decodeJointAction,
  defaultPatterns,
  type JointAction,
  movies,
  type PatternSpace,
} from '@rppkit/patterns';
import {
  createBanditSearcher,
  createTableSource,
  createThompsonBandit,
  evaluateFoundPrompts,
  type FoundPrompts,
  fromResponseTable,
  type ResponseTable,
  readRewardCube,
  recordResponseTable,
  swapPrompts,
} from '@rppkit/search';
import type { World, WorldPreset } from '@rppkit/simulator';
import {
  createRandomStream,
  type Encoder,
  type JudgedTask,
  type RandomStream,
  sampleDistinct,
  samplePermutation,
} from '@rppkit/spec';
import { benchedLearners } from '../games/benched-learners.ts';
import { prepareSmallWorld } from '../worlds/prepare-small-world.ts';
import { computeMean } from '../worlds/user-rewards.ts';
import { choosePrompts } from './choose-prompts.ts';
import { fitBenchedScorers } from './fit-benched-scorers.ts';

export interface MeasureNullTableOptions {
  readonly preset: WorldPreset;
  readonly seed: number;
  /** Users of the table; half of them train. */
  readonly users: number;
  /** Expressions that are drawn of each pattern; their product is the number of prompts. */
  readonly expressions: readonly number[];
  /** Seeded splits of the users into those who train and those who are reported. */
  readonly splits: number;
  /** Calls of each training. */
  readonly calls: number;
  readonly log: (line: string) => void;
}

/** How often a trained policy looked better than it can be, by system. */
export type NullRecord = Readonly<Record<string, SystemVerdicts>>;

interface SystemVerdicts {
  /** One-sided paired tests against the best fixed prompt that reject at .05. */
  readonly rejections: number;
  /** Splits where the policy is above the best fixed prompt and above its own prompts handed to other users. */
  readonly pays: number;
  /** Mean over splits, NDCG@10. */
  readonly gain: number;
}

/** Candidate orders of the table, and rankings a report user. */
const orders = 4;
const swaps = 20;
const level = 0.05;

/**
 * Records one table, trains on half of its users and tests on the others whether personal prompts beat the best fixed prompt,
 * which is chosen by all answers of those who train.
 */
export async function measureNullTable(options: MeasureNullTableOptions): Promise<NullRecord> {
  const { preset, seed, users, splits, calls, log } = options;
  await selectBackend(['wasm']);
  const random = createRandomStream(seed).split('null table').split(preset);
  const { world, tasks: judged, knownUsers, model } = prepareSmallWorld({ preset, users, random });
  const space = sampleSpace(options.expressions, random.split('prompts'));
  log(`${preset} ${seed}: table`);
  const table = await recordResponseTable(
    judged.map(({ task }) => task),
    space,
    model,
    { orders },
  );
  const verdicts: Record<string, SystemVerdicts> = {};
  for (let split = 0; split < splits; split++) {
    log(`${preset} ${seed}: split ${split}`);
    const stream = random.split('splits').split(split);
    const order = samplePermutation(stream.split('users'), users);
    const [trainTasks, reportTasks] = [order.slice(0, users / 2), order.slice(users / 2)].map((own) =>
      Array.from(own, (index) => judged[index]!),
    );
    const setting: SplitSetting = {
      world,
      knownUsers,
      table,
      space,
      trainTasks: trainTasks!,
      reportTasks: reportTasks!,
      calls,
    };
    for (const [name, outcome] of Object.entries(await judgeSplit(setting, stream))) {
      const before = verdicts[name] ?? { rejections: 0, pays: 0, gain: 0 };
      verdicts[name] = {
        rejections: before.rejections + Number(outcome.rejects),
        pays: before.pays + Number(outcome.pays),
        gain: before.gain + outcome.gain / splits,
      };
    }
  }
  return verdicts;
}

interface SplitSetting {
  readonly world: World;
  readonly knownUsers: Int32Array;
  readonly table: ResponseTable;
  readonly space: PatternSpace;
  readonly trainTasks: readonly JudgedTask[];
  readonly reportTasks: readonly JudgedTask[];
  readonly calls: number;
}

interface SplitOutcome {
  readonly rejects: boolean;
  readonly pays: boolean;
  readonly gain: number;
}

async function judgeSplit(
  setting: SplitSetting,
  random: RandomStream,
): Promise<Readonly<Record<string, SplitOutcome>>> {
  const { table, space, trainTasks, reportTasks } = setting;
  const encoder = fitHistoryStatistics(trainTasks.map(({ task }) => task));
  const judge = createTableSource(table, { tasks: reportTasks });
  const evaluate = async (choices: readonly JointAction[]): Promise<Float64Array> =>
    (await evaluateFoundPrompts(serveChoices(reportTasks, choices), judge, { draws: orders })).rewards;

  const fixed = await findBestPrompt(setting);
  const fixedRewards = await evaluate(reportTasks.map(() => fixed));
  const outcomes: Record<string, SplitOutcome> = {};
  for (const [name, choices] of Object.entries(await trainSystems(setting, encoder, random))) {
    const rewards = await evaluate(choices);
    const swapped = new Float64Array(reportTasks.length);
    for (let swap = 0; swap < swaps; swap++) {
      const handed = swapPrompts({
        tasks: reportTasks.map(({ task }) => task),
        choices,
        space,
        random: random.split('swaps').split(name).split(swap),
      });
      for (const [user, reward] of (await evaluate(handed)).entries()) swapped[user]! += reward / swaps;
    }
    const isAbove = (other: Float64Array): boolean =>
      pairedTTest(rewards, other, { alternative: 'greater' }).pValue < level;
    const rejects = isAbove(fixedRewards);
    outcomes[name] = {
      rejects,
      pays: rejects && isAbove(swapped),
      gain: computeMean(rewards) - computeMean(fixedRewards),
    };
  }
  return outcomes;
}

/** What each system chooses for the report tasks. */
async function trainSystems(
  { world, knownUsers, table, space, trainTasks, reportTasks, calls }: SplitSetting,
  encoder: Encoder,
  random: RandomStream,
): Promise<Readonly<Record<string, readonly JointAction[]>>> {
  const chosen: Record<string, readonly JointAction[]> = {};
  const stateScorers = await fitBenchedScorers(world, { tasks: trainTasks, users: knownUsers });
  for (const name of ['rpp', 'maa2c'] as const) {
    const environment = fromResponseTable(table, {
      tasks: trainTasks,
      encoders: [encoder],
      stateScorers,
      batchSize: 50,
    });
    const stream = random.split(name);
    const learner = benchedLearners[name]!(environment, { random: stream.split('learner'), values: {} });
    await train(environment, learner, { budget: { calls }, random: stream.split('training') });
    chosen[name] = choosePrompts(learner, reportTasks, { space, encoder });
    learner.dispose();
  }
  const searcher = createBanditSearcher({
    name: 'thompson',
    create: (own, { random: draws }) => createThompsonBandit(own, { random: draws }),
    encoders: [encoder],
  });
  const prompts = await searcher.search(createTableSource(table, { tasks: trainTasks }), {
    calls,
    random: random.split('thompson'),
  });
  chosen['thompson'] = reportTasks.map(({ task }) => prompts.choose(task)[0]!);
  return chosen;
}

/** The prompt with the best mean over all answers of the users who train. */
async function findBestPrompt({ table, space, trainTasks }: SplitSetting): Promise<JointAction> {
  const { rewards, actions, draws } = await readRewardCube(createTableSource(table, { tasks: trainTasks }));
  const sums = new Float64Array(actions.length);
  for (const [index, reward] of rewards.entries()) sums[Math.floor(index / draws) % actions.length]! += reward;
  return decodeJointAction(space, actions[sums.indexOf(Math.max(...sums))]!);
}

function serveChoices(tasks: readonly JudgedTask[], choices: readonly JointAction[]): FoundPrompts {
  const byTask = new Map(tasks.map(({ task }, index) => [task, [choices[index]!]]));
  return {
    calls: 0,
    promptsPerRanking: 1,
    choose: (task) => byTask.get(task)!,
    save: () => ({ kind: 'choices', calls: 0 }),
  };
}

/** Some expressions of each default pattern. */
function sampleSpace(counts: readonly number[], random: RandomStream): PatternSpace {
  return createPatternSpace({
    domain: movies,
    patterns: defaultPatterns.map((pattern, position) => {
      const drawn = sampleDistinct(random, pattern.expressions.length, counts[position]!).sort();
      return { ...pattern, expressions: Array.from(drawn, (index) => pattern.expressions[index]!) };
    }),
  });
}
