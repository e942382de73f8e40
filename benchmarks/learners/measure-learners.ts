import { selectBackend } from '@rppkit/backend';
import { createJudgedTasks } from '@rppkit/datasets';
import { createRecommendationEnvironment } from '@rppkit/env';
import { type MarlLearner, train } from '@rppkit/marl';
import { createRandomStream, type JudgedTask, type RandomStream, type Scorer } from '@rppkit/spec';
import { computeSeedGains, type SeedGains } from '../searchers/gap-closed.ts';
import { type PreparedWorld, prepareWorld } from '../worlds/prepare-world.ts';
import { cardUsers, type GapPreset, readCardBounds } from '../worlds/world-card.ts';
import { type BenchedRow, benchedRows, type RowGroup } from './benched-rows.ts';
import { choosePrompts } from './choose-prompts.ts';
import { fitBenchedScorers } from './fit-benched-scorers.ts';
import { createReportAsker } from './report-asker.ts';

export interface MeasureLearnersOptions {
  readonly preset: GapPreset;
  /** One with known bounds. */
  readonly seed: number;
  readonly rows: RowGroup;
  /** Users that learners may ask: the first of those whose answers found the bounds. */
  readonly trainUsers: number;
  /** The first of the report users. */
  readonly reportUsers: number;
  /** Calls of the trainings. */
  readonly budgets: readonly number[];
  readonly log: (line: string) => void;
}

/** By row and calls, such as `maa2c 500`. */
export type LearnersRecord = Readonly<Record<string, SeedGains>>;

/** Prompts that are asked between two updates. */
const batchSize = 50;

/** Trains every learner within every budget, and asks the report users what its policy holds best. */
export async function measureLearners(options: MeasureLearnersOptions): Promise<LearnersRecord> {
  const { preset, seed, trainUsers, reportUsers, budgets, log } = options;
  await selectBackend(['wasm']);
  // The worlds of `quality/worlds`.
  const random = createRandomStream(seed).split('world card').split(preset);
  const prepared = prepareWorld({ ...cardUsers, preset, random });
  const { space, model, encoder } = prepared;
  const report = prepared.report.slice(0, reportUsers);
  const ask = createReportAsker(report, { space, model });
  const { bestFixed, oracle } = readCardBounds(preset, seed, space);
  const fixedMeans = await ask(report.map(() => bestFixed));
  const oracleMeans = await ask(oracle.slice(0, reportUsers));
  const found: Record<string, SeedGains> = {};
  const trained = new Map<string, TrainedOn>();
  for (const row of benchedRows[options.rows]) {
    const kind = `${row.target} ${row.relevant}`;
    const { tasks, scorers } = trained.get(kind) ?? (await prepareTraining(prepared, { row, trainUsers, random }));
    trained.set(kind, { tasks, scorers });
    for (const calls of budgets) {
      log(`${preset} ${seed}: ${row.name}, ${calls} calls`);
      // A row differs from another one in nothing but itself.
      const streams = createRandomStream(seed).split('learners').split(preset).split(calls);
      const learner = await trainRow(row, {
        ...prepared,
        tasks,
        scorers: row.scorers ? scorers : [],
        calls,
        random: streams,
      });
      const choices = choosePrompts(learner, report, { space, encoder });
      learner.dispose();
      found[`${row.name} ${calls}`] = computeSeedGains(await ask(choices), fixedMeans, oracleMeans);
    }
  }
  return found;
}

/** What a row may ask, and the scorers that know its users. */
interface TrainedOn {
  readonly tasks: readonly JudgedTask[];
  readonly scorers: readonly Scorer[];
}

/** Tasks of the first users: on their last item, as reports have them, or on the items before it. */
async function prepareTraining(
  { world, fit, fitUsers }: PreparedWorld,
  { row, trainUsers, random }: { readonly row: BenchedRow; readonly trainUsers: number; readonly random: RandomStream },
): Promise<TrainedOn> {
  const tasks =
    row.target === 'test'
      ? fit.slice(0, trainUsers)
      : createJudgedTasks(world.dataset, {
          users: fitUsers.slice(0, trainUsers),
          target: 'validation',
          relevant: row.relevant,
          random: random.split('validation tasks').split(row.relevant),
        });
  return { tasks, scorers: await fitBenchedScorers(world, { tasks, users: fitUsers }) };
}

async function trainRow(
  row: BenchedRow,
  {
    tasks,
    scorers,
    calls,
    random,
    space,
    model,
    encoder,
  }: Pick<PreparedWorld, 'space' | 'model' | 'encoder'> &
    TrainedOn & {
      readonly calls: number;
      readonly random: RandomStream;
    },
): Promise<MarlLearner> {
  const environment = createRecommendationEnvironment({
    tasks,
    space,
    model,
    encoders: [encoder],
    stateScorers: scorers,
    batchSize,
  });
  const learner = row.create(environment, { random: random.split('learner') });
  await train(environment, learner, { budget: { calls }, random: random.split('training') });
  return learner;
}
