import { createJudgedTasks } from '@rppkit/datasets';
import { fitHistoryStatistics } from '@rppkit/env';
import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import {
  decodeResponseTable,
  encodeResponseTable,
  fromResponseTable,
  planResponseTable,
  recordResponseTable,
} from '@rppkit/search';
import { createKnowledge, createSimulatedTextModel, createWorld } from '@rppkit/simulator';
import { createRandomStream, type JointActions, type VectorEnvironment } from '@rppkit/spec';
import { sampleActions } from '../environments/sample-actions.ts';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { measureBestTime } from '../harness/measure-time.ts';

const batchSize = 64;
const orders = 4;

const speedSearch: DirectBench = defineBench({
  name: 'speed/search',
  purpose: 'Time and size of a full response table of the simulated model, and steps a second of its replay.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    const count = quick ? 4 : 200;
    const random = createRandomStream('speed of tables');
    const { dataset } = createWorld({ preset: 'diverse', users: count + 2000, random });
    const users = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
    const knowledge = createKnowledge(dataset, { users: users(count, count + 2000) });
    const tasks = createJudgedTasks(dataset, { users: users(0, count), target: 'test', random: random.split('tasks') });
    const plain = tasks.map(({ task }) => task);
    const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
    const model = createSimulatedTextModel({ knowledge });
    // A stream for each, as both draw the same actions.
    const extent = () => ({ orders, ...(quick && { actions: 100, random: random.split('actions') }) });

    const { entries, calls } = planResponseTable(plain, space, extent());
    log(`recording ${entries} entries, ${calls} calls`);
    const started = performance.now();
    const table = await recordResponseTable(plain, space, model, extent());
    const recordSeconds = (performance.now() - started) / 1000;
    if (table.manifest.answers !== calls) throw new Error('Expected every call to be answered.');

    const bytes = encodeResponseTable(table);
    const decodeMs = await measureBestTime(3, async () => decodeResponseTable(bytes));
    log('replay');
    const encoders = [fitHistoryStatistics(plain)];
    const replay = (): VectorEnvironment => fromResponseTable(table, { tasks, encoders, batchSize });
    const episodes = quick ? 20 : 4000;
    const environment = replay();
    const actions: JointActions[] = [];
    for (let seed = 0; seed < episodes; seed++) {
      // Drawing the actions is not the environment's work; the masks are the same after every reset with this seed.
      actions.push(sampleActions(environment, await environment.reset({ seed }), random));
    }
    const pass = (stepped: VectorEnvironment) => async (): Promise<void> => {
      for (let seed = 0; seed < episodes; seed++) {
        await stepped.reset({ seed });
        await stepped.step(actions[seed]!);
      }
    };
    const perSecond = (milliseconds: number): number => (1000 * episodes * batchSize) / milliseconds;
    const firstSteps = perSecond(await measureBestTime(1, pass(replay())));
    const replayStepsPerSecond = perSecond(await measureBestTime(quick ? 1 : 5, pass(environment)));
    const megabytes = bytes.length / 1e6;
    return {
      figures: { recordSeconds, megabytes, replayStepsPerSecond },
      table: {
        columns: ['measurement', 'value', 'unit'],
        rows: [
          [`a table of ${entries} entries, recorded with ${calls} calls of the simulated model`, recordSeconds, 's'],
          ['calls', calls / recordSeconds, 'a second'],
          ['its file', megabytes, 'MB'],
          ['decoded', decodeMs / 1000, 's'],
          [
            `replay, reset and step of ${batchSize} rows, uniformly random prompts`,
            replayStepsPerSecond,
            'rows a second',
          ],
          ['the same for entries met for the first time', firstSteps, 'rows a second'],
        ],
      },
    };
  },
});

export default speedSearch;
