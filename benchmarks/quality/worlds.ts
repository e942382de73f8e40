import { createJudgedTasks } from '@rppkit/datasets';
import { composePrompt, createPatternSpace, defaultPatterns, movies, serializePatternSpace } from '@rppkit/patterns';
import { sampleJointAction } from '@rppkit/search';
import { behaviours, createKnowledge, createSimulatedTextModel, createWorld } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import {
  type BenchContext,
  type BenchOutcome,
  defineBench,
  type Figures,
  type FullProtocolBench,
  type Json,
  type Table,
} from '../harness/bench.ts';
import { runInProcess } from '../processes/run-in-process.ts';
import type { MeasureWorldOptions } from '../worlds/measure-world.ts';
import { cardUsers } from '../worlds/world-card.ts';
import type { WorldRecord } from '../worlds/world-record.ts';

const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
const presets = ['diverse', 'mild', 'null'] as const;

type Protocol = Omit<MeasureWorldOptions, 'preset' | 'seed' | 'types' | 'choices' | 'log'>;
type SeedRecord = Readonly<Record<(typeof presets)[number], WorldRecord>>;

/** Half of the answers is what a context oracle needs at least. */
const protocol: Protocol = {
  ...cardUsers,
  answers: 2_000_000,
  bestFixedCalls: 100_000,
  table: { users: 1000, prompts: 100 },
};
/** The headroom of `null` has to be told from 0 within .005: more users who are reported, and answers enough to find nothing. */
const nullProtocol: Protocol = { ...protocol, answers: 1_000_000, reportUsers: 20_000 };
const quickProtocol: Protocol = {
  fitUsers: 500,
  answers: 2000,
  bestFixedCalls: 500,
  reportUsers: 200,
  table: { users: 30, prompts: 10 },
};

const qualityWorlds: FullProtocolBench = defineBench({
  name: 'quality/worlds',
  purpose: 'The world card: what personal prompts can attain in each synthetic world, and what it takes to attain it.',
  protocol: 'full',
  seeds: [1, 2, 3, 4, 5],
  checkSeed: 1,
  inputs: async (): Promise<Json> => ({
    protocol: { ...protocol },
    nullProtocol: { ...nullProtocol },
    behaviour: { ...behaviours.weak },
    space: JSON.parse(serializePatternSpace(space)) as Json,
    answers: await sampleAnswers(),
  }),
  async measureSeed(seed, { mode }: BenchContext): Promise<Json> {
    const measure = (preset: (typeof presets)[number]): Promise<WorldRecord> => {
      const options = {
        ...(mode === 'quick' ? quickProtocol : preset === 'null' ? nullProtocol : protocol),
        preset,
        seed,
        types: preset === 'diverse',
        choices: preset !== 'null',
      };
      return runInProcess<WorldRecord>('measure-world-card.ts', [JSON.stringify(options)]);
    };
    // Two processes: one for the longest, one for the others in turn.
    const [diverse, [mild, none]] = await Promise.all([
      measure('diverse'),
      measure('mild').then(async (first) => [first, await measure('null')] as const),
    ]);
    return { diverse, mild, null: none } as unknown as Json;
  },
  summarize(records): BenchOutcome {
    const seeds = Object.values(records) as unknown as readonly SeedRecord[];
    return { figures: computeFigures(seeds), table: createTable(seeds), note: createNote(seeds) };
  },
});

export default qualityWorlds;

/** A few answers, so that a change of worlds, reader or model shows in the input hash. */
async function sampleAnswers(): Promise<readonly string[]> {
  const random = createRandomStream('a few answers');
  const answers: string[] = [];
  for (const preset of presets) {
    const { dataset } = createWorld({ preset, users: 20, random });
    const users = Int32Array.from({ length: 20 }, (_, user) => user);
    const model = createSimulatedTextModel({ knowledge: createKnowledge(dataset, { users }) });
    for (const { task } of createJudgedTasks(dataset, { users, target: 'test', random })) {
      const { messages } = composePrompt(space, sampleJointAction(random, space, task), task);
      answers.push((await model.generate({ messages, sampleIndex: 0, purpose: 'rank' })).text);
    }
  }
  return answers;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function computeFigures(seeds: readonly SeedRecord[]): Figures {
  const average = (read: (record: SeedRecord) => number): number => mean(seeds.map(read));
  const types = (read: (types: NonNullable<WorldRecord['types']>) => number): number =>
    average(({ diverse }) => read(diverse.types!));
  return {
    // [0.05, 0.08]
    diverseHeadroomOffMiddle: Math.abs(average(({ diverse }) => diverse.headroom) - 0.065),
    // [0.015, 0.025]
    mildHeadroomOffMiddle: Math.abs(average(({ mild }) => mild.headroom) - 0.02),
    nullHeadroom: Math.abs(average(({ null: none }) => none.headroom)),
    withinUser: average(({ diverse }) => diverse.withinUser),
    // [0.85, 0.95]
    typesOffMiddle: Math.abs(types(({ recovered }) => recovered) - 0.9),
    bestRule: Math.max(...computeMeans(seeds, ({ rules }) => rules).map(([, share]) => share)),
    thirdPattern: computeMeans(seeds, ({ patterns }) => patterns)
      .map(([, share]) => share)
      .sort((left, right) => right - left)[2]!,
    doubling: Math.max(
      ...presets.map((preset) => Math.abs(average(({ [preset]: record }) => record.headroom - record.halfHeadroom))),
    ),
  };
}

/** Means over seeds of shares by name. */
function computeMeans(
  seeds: readonly SeedRecord[],
  read: (types: NonNullable<WorldRecord['types']>) => Readonly<Record<string, number>>,
): readonly (readonly [string, number])[] {
  const all = seeds.map(({ diverse }) => read(diverse.types!));
  return Object.keys(all[0]!).map((name) => [name, mean(all.map((shares) => shares[name]!))]);
}

function createTable(seeds: readonly SeedRecord[]): Table {
  const row = (world: string, measurement: string, read: (record: SeedRecord) => number): (string | number)[] => {
    const values = seeds.map(read);
    return [world, measurement, mean(values), Math.min(...values), Math.max(...values)];
  };
  const measurements = [
    ['NDCG@10, random prompts', 'random'],
    ['NDCG@10, best fixed prompt', 'bestFixed'],
    ['NDCG@10, context oracle', 'oracle'],
    ['attainable headroom', 'headroom'],
    ['its standard error over users', 'standardError'],
    ['headroom, oracle fitted on half of the answers', 'halfHeadroom'],
    ['standard deviation of one call, random prompts', 'withinUser'],
    ['standard deviation of one call, best fixed prompt', 'withinUserBestFixed'],
  ] as const;
  const shares = (
    title: string,
    read: (types: NonNullable<WorldRecord['types']>) => Readonly<Record<string, number>>,
  ): (string | number)[][] =>
    Object.keys(read(seeds[0]!.diverse.types!)).map((name) =>
      row('diverse', `${title}: ${name}`, ({ diverse }) => read(diverse.types!)[name]!),
    );
  return {
    columns: ['world', 'measurement', `mean of ${seeds.length} seed${seeds.length === 1 ? '' : 's'}`, 'least', 'most'],
    rows: [
      ...presets.flatMap((preset) =>
        measurements.map(([title, field]) => row(preset, title, ({ [preset]: record }) => record[field])),
      ),
      ...presets.flatMap((preset) =>
        seeds[0]![preset].table.map(({ label, ceiling }, index) =>
          row(
            preset,
            `gain over best fixed on a table: ${label}${ceiling ? ' (ceiling)' : ''}`,
            ({ [preset]: { table } }) => table[index]!.gain,
          ),
        ),
      ),
      row('diverse', 'type recovered, all four traits', ({ diverse }) => diverse.types!.recovered),
      ...shares('type recovered', ({ traits }) => traits),
      ...shares('gap closed by a rule on', ({ rules }) => rules),
      ...shares('gap lost with one expression for all', ({ patterns }) => patterns),
      row('diverse', 'type oracle less best fixed (a ceiling)', ({ diverse }) => diverse.types!.typeOracle),
    ],
  };
}

/** Why label oracles mislead, in the numbers of this run. */
function createNote(seeds: readonly SeedRecord[]): string {
  const gain = (preset: (typeof presets)[number], label: string): string => {
    const own = seeds.map(({ [preset]: { table } }) => table.find((row) => row.label === label)!.gain);
    return mean(own).toFixed(3);
  };
  return (
    'A label oracle picks a prompt for each task by that task’s own label. Among many prompts some suit one item by chance, so it ' +
    `wins where nothing depends on the user: here it is ${gain('null', 'label oracle')} above the best fixed prompt in null, ` +
    `${gain('mild', 'label oracle')} in mild and ${gain('diverse', 'label oracle')} in diverse, while a policy of the observation ` +
    `gains ${gain('null', 'context oracle')}, ${gain('mild', 'context oracle')} and ${gain('diverse', 'context oracle')} on the ` +
    'same table. It says nothing about what personal prompts can attain; nothing is divided by it.'
  );
}
