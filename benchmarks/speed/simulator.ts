import { createJudgedTasks } from '@rppkit/datasets';
import {
  composePrompt,
  computeJointActionCount,
  createPatternSpace,
  decodeJointAction,
  defaultPatterns,
  movies,
} from '@rppkit/patterns';
import { createKnowledge, createSimulatedTextModel, createWorld, type SimulatorProfile } from '@rppkit/simulator';
import { createRandomStream, type TextRequest } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { measureBestTime } from '../harness/measure-time.ts';
import type { WorldReport } from '../processes/generate-world.ts';
import { runInProcess } from '../processes/run-in-process.ts';

const runs = 5;

const speedSimulator: DirectBench = defineBench({
  name: 'speed/simulator',
  purpose: 'Answers a second of the simulated model on one core, and time and memory of a large synthetic world.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    const random = createRandomStream('speed of the simulator');
    const { dataset } = createWorld({ preset: 'diverse', users: 3000, random });
    const users = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i);
    const knowledge = createKnowledge(dataset, { users: users(1000, 3000) });
    const tasks = createJudgedTasks(dataset, { users: users(0, 1000), target: 'test', random });
    const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
    const count = computeJointActionCount(space);
    const requests = Array.from({ length: quick ? 500 : 20_000 }, (_, index): TextRequest => {
      const { task } = tasks[index % tasks.length]!;
      const { messages } = composePrompt(space, decodeJointAction(space, random.integer(count)), task);
      return { messages, sampleIndex: 0, purpose: 'rank' };
    });
    const figures: Record<string, number> = {};
    for (const profile of ['weak', 'strong'] satisfies SimulatorProfile[]) {
      log(`answers, ${profile}`);
      const model = createSimulatedTextModel({ knowledge, profile });
      const milliseconds = await measureBestTime(quick ? 1 : runs, async () => {
        for (const request of requests) await model.generate(request);
      });
      figures[`${profile}AnswersPerSecond`] = (1000 * requests.length) / milliseconds;
    }
    log('a world of 100,000 users');
    const {
      tasks: made,
      seconds,
      megabytes,
    } = await runInProcess<WorldReport>('generate-world.ts', [String(quick ? 1000 : 100_000)]);
    return {
      figures: { ...figures, worldSeconds: seconds, worldMegabytes: megabytes },
      table: {
        columns: ['measurement', 'value', 'unit'],
        rows: [
          ['answers of `weak`, uniformly random prompts', figures['weakAnswersPerSecond']!, 'a second'],
          ['answers of `strong`, the same prompts', figures['strongAnswersPerSecond']!, 'a second'],
          [`a world of ${made} users with one task each, histories read`, seconds, 's'],
          ['the same, largest resident memory', megabytes, 'MB'],
        ],
      },
    };
  },
});

export default speedSimulator;
