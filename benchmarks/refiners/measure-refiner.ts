import { selectBackend } from '@rppkit/backend';
import { createRecommendationEnvironment, type RecommendationEnvironment } from '@rppkit/env';
import { createRppLearner, type MarlLearner, train } from '@rppkit/marl';
import {
  createPatternSpace,
  defaultPatterns,
  definePattern,
  type JointAction,
  movies,
  type PatternSpace,
} from '@rppkit/patterns';
import {
  createGrowth,
  createGuards,
  createInlineRefinement,
  createRefiner,
  type GrowthCounts,
  type Refiner,
} from '@rppkit/refiner';
import { createSimulatedEmbedder, weakWordings } from '@rppkit/simulator';
import { createRandomStream, type JudgedTask, type RandomStream, type Scorer } from '@rppkit/spec';
import { choosePrompts } from '../learners/choose-prompts.ts';
import { fitBenchedScorers } from '../learners/fit-benched-scorers.ts';
import { askReport } from '../worlds/ask-report.ts';
import { type PreparedWorld, prepareWorld } from '../worlds/prepare-world.ts';
import { computeMean } from '../worlds/user-rewards.ts';

/** Worlds in which refining can gain something, and in which it can only lose. */
export type RefinerPreset = 'weak-wording' | 'diverse';

export interface MeasureRefinerOptions {
  readonly preset: RefinerPreset;
  readonly seed: number;
  readonly fitUsers: number;
  readonly trainUsers: number;
  readonly reportUsers: number;
  /** Calls of each training, of both models together. */
  readonly budgets: readonly number[];
  readonly log: (line: string) => void;
}

/** What one training came to. */
export interface RefinerRow {
  /** Mean NDCG@10 of users who were never asked. */
  readonly ndcg: number;
  /** Calls that were made, of both models. */
  readonly calls: number;
  readonly refineCalls: number;
  readonly pairCalls: number;
  /** Children: made, promoted, retired or undecided. */
  readonly children: readonly [made: number, promoted: number, retired: number];
}

/** By row and calls, such as `grow 3000`. */
export type RefinerRecord = Readonly<Record<string, RefinerRow>>;

/** Prompts that are asked between two updates. */
const batchSize = 50;

/** Trains RPP without a refiner, with inline refinement and with a growing space, at equal calls. */
export async function measureRefiner(options: MeasureRefinerOptions): Promise<RefinerRecord> {
  const { preset, seed, fitUsers, trainUsers, reportUsers, budgets, log } = options;
  await selectBackend(['wasm']);
  const random = createRandomStream(seed).split('refiner').split(preset);
  const prepared = prepareWorld({ fitUsers, reportUsers, preset, random });
  const tasks = prepared.fit.slice(0, trainUsers);
  const scorers = await fitBenchedScorers(prepared.world, { tasks, users: prepared.fitUsers });
  const clear = prepared.space;
  const given = preset === 'weak-wording' ? weaken(clear) : clear;
  const found: Record<string, RefinerRow> = {};
  for (const calls of budgets) {
    const measure = async (name: string, row: (run: Run) => Promise<RefinerRow>, space = given): Promise<void> => {
      log(`${preset} ${seed}: ${name}, ${calls} calls`);
      // Rows differ in nothing but themselves.
      const run = { ...prepared, space, tasks, scorers, calls, random: random.split('training').split(calls) };
      found[`${name} ${calls}`] = await row(run);
    };
    await measure('rpp', measurePlain);
    await measure('rpp+ grow', measureGrowing);
    await measure('rpp+ inline', measureInline);
    if (given !== clear) await measure('rpp, clear words', measurePlain, clear);
  }
  return found;
}

interface Run extends PreparedWorld {
  readonly tasks: readonly JudgedTask[];
  readonly scorers: readonly Scorer[];
  readonly calls: number;
  readonly random: RandomStream;
}

async function measurePlain(run: Run): Promise<RefinerRow> {
  const environment = createEnvironment(run);
  const learner = createLearner(run, environment);
  const { state } = await train(environment, learner, trainOptions(run));
  const ndcg = await report(run, run.space, chooseFor(run, learner, run.space));
  learner.dispose();
  return { ndcg, calls: state.calls, refineCalls: 0, pairCalls: 0, children: [0, 0, 0] };
}

async function measureGrowing(run: Run): Promise<RefinerRow> {
  const environment = createEnvironment(run);
  const learner = createLearner(run, environment);
  const growth = createGrowth({
    environment,
    learner,
    refiner: createBenchedRefiner(run),
    random: run.random.split('growth'),
    learnFromPairs: true,
  });
  const { state } = await train(environment, learner, {
    ...trainOptions(run),
    otherCalls: () => growth.calls,
    callbacks: {
      async onUpdate(progress) {
        await growth.advance({ ...progress, callsLeft: run.calls - progress.state.calls - growth.calls });
      },
    },
  });
  const { space } = environment;
  const ndcg = await report(run, space, chooseFor(run, learner, space));
  learner.dispose();
  const count = (...verdicts: readonly string[]): number =>
    growth.children.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const { refineCalls, pairCalls }: GrowthCounts = growth.counts;
  return {
    ndcg,
    calls: state.calls + growth.calls,
    refineCalls,
    pairCalls,
    children: [growth.children.length, count('promoted'), count('retired', 'undecided')],
  };
}

async function measureInline(run: Run): Promise<RefinerRow> {
  const inline = createInlineRefinement({ refiner: createBenchedRefiner(run), space: run.space });
  const environment = createEnvironment({ ...run, reword: inline.reword });
  const learner = createLearner(run, environment);
  const { state } = await train(environment, learner, { ...trainOptions(run), otherCalls: () => inline.calls });
  const trained = inline.calls;
  const choices = chooseFor(run, learner, run.space);
  learner.dispose();
  // Users are served with sentences refined once more, shared by all of them.
  const rounds = run.report.map(({ task }, index) => ({ task, choice: choices[index]!, round: 0 }));
  const [space] = await inline.reword(rounds, {});
  const ndcg = await report(run, space!, choices);
  return { ndcg, calls: state.calls + trained, refineCalls: trained, pairCalls: 0, children: [0, 0, 0] };
}

/** The ranker refines. The simulated embedder gives sentences that it reads alike one vector: nothing is too near. */
function createBenchedRefiner({ model }: Run): Refiner {
  const similarity = { atMost: 1 };
  return createRefiner({ model, guards: createGuards({ embedder: createSimulatedEmbedder(), similarity }) });
}

function createEnvironment({
  tasks,
  space,
  model,
  encoder,
  scorers,
  reword,
}: Run & Pick<Parameters<typeof createRecommendationEnvironment>[0], 'reword'>): RecommendationEnvironment {
  const reworded = reword === undefined ? {} : { reword };
  return createRecommendationEnvironment({
    tasks,
    space,
    model,
    encoders: [encoder],
    stateScorers: scorers,
    batchSize,
    ...reworded,
  });
}

const createLearner = ({ random }: Run, environment: RecommendationEnvironment): MarlLearner =>
  createRppLearner(environment, { random: random.split('learner') });

const trainOptions = ({ calls, random }: Run) => ({ budget: { calls }, random: random.split('training') });

const chooseFor = (
  { report: tasks, encoder }: Run,
  learner: MarlLearner,
  space: PatternSpace,
): readonly JointAction[] => choosePrompts(learner, tasks, { space, encoder });

async function report(
  { report: tasks, model }: Run,
  space: PatternSpace,
  choices: readonly JointAction[],
): Promise<number> {
  return computeMean(await askReport(tasks, choices, { space, model }));
}

/** The default preset in hedged sentences. */
function weaken(space: PatternSpace): PatternSpace {
  const patterns = defaultPatterns.map((pattern) =>
    pattern.section === 'history'
      ? pattern
      : definePattern({ ...pattern, expressions: weakWordings.en[pattern.section] }),
  );
  return createPatternSpace({ ...space, domain: movies, patterns });
}
