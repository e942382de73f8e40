import {
  createFunctionModel,
  createRecommendationEnvironment,
  fitHistoryStatistics,
  withConcurrencyLimit,
} from '@rppkit/env';
import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import {
  createRandomStream,
  type Item,
  type JointActions,
  type JudgedTask,
  type RandomStream,
  sampleDistinct,
  sampleIndex,
  type TextModel,
  TextModelError,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { measureBestTime } from '../harness/measure-time.ts';
import { answerPrompt } from '../servers/answer-prompt.ts';
import { startRankingServer } from '../servers/start-ranking-server.ts';

const candidates = 10;
const historyLength = 10;
const latencyMs = 100;
const concurrency = 32;

const speedEnv: DirectBench = defineBench({
  name: 'speed/env',
  purpose: 'What the environment adds to the calls of the model: processor time a step, and idle time between calls.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    const batchSize = quick ? 64 : 512;
    log('a model without latency');
    const overheadMicroseconds = (1000 * (await measureOverheadMs(batchSize, quick ? 1 : 5))) / batchSize;
    log(`a server with ${latencyMs} ms latency, ${concurrency} calls at a time`);
    const stepMs = await measureServedStepMs(batchSize, quick ? 1 : 5);
    const idealMs = (batchSize / concurrency) * latencyMs;
    return {
      figures: { overheadMicroseconds, latencyRatio: stepMs / idealMs },
      table: {
        columns: ['measurement', 'value', 'unit'],
        rows: [
          [
            `episode of one step, no latency, ${candidates} candidates, history ${historyLength}`,
            overheadMicroseconds,
            'µs',
          ],
          [`step of ${batchSize} episodes, ${latencyMs} ms latency, ${concurrency} calls at a time`, stepMs, 'ms'],
          ['the same, ideal', idealMs, 'ms'],
          ['ratio', stepMs / idealMs, 'times'],
        ],
      },
    };
  },
});

export default speedEnv;

/** Reset and step of a batch, once compiled: compose, answer at once, parse, reward, encode. */
async function measureOverheadMs(batchSize: number, runs: number): Promise<number> {
  const model = createFunctionModel({ id: 'instant', answer: ({ messages }) => answerPrompt(messages.at(-1)!.text) });
  const environment = createEnvironment(model, batchSize);
  const random = createRandomStream('overhead');
  // The draw of the actions is not the environment's work; the masks are the same after every reset with this seed.
  const actions = sampleActions(environment, await environment.reset({ seed: 1 }), random);
  const pass = async (): Promise<void> => {
    await environment.reset({ seed: 1 });
    assertAllAnswered(await environment.step(actions));
  };
  // Compiled code is what runs in training; the first passes run interpreted.
  for (let warmUp = 0; warmUp < 3 * runs; warmUp++) await pass();
  return measureBestTime(runs, pass);
}

/** The step alone, against a server in a process of its own. */
async function measureServedStepMs(batchSize: number, runs: number): Promise<number> {
  const server = await startRankingServer({ latencyMs });
  try {
    const environment = createEnvironment(withConcurrencyLimit(createHttpModel(server.url), concurrency), batchSize);
    const random = createRandomStream('served');
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < runs; run++) {
      const actions = sampleActions(environment, await environment.reset({ seed: run }), random);
      best = Math.min(best, await measureBestTime(1, async () => assertAllAnswered(await environment.step(actions))));
    }
    return best;
  } finally {
    await server.close();
  }
}

function createEnvironment(model: TextModel, batchSize: number): VectorEnvironment {
  const tasks = sampleTasks(createRandomStream('tasks'), batchSize);
  return createRecommendationEnvironment({
    tasks,
    space: createPatternSpace({ domain: movies, patterns: defaultPatterns }),
    model,
    encoders: [fitHistoryStatistics(tasks.map(({ task }) => task))],
    batchSize,
  });
}

/** One request a call over HTTP, without a provider's client: what is measured is how the environment keeps calls going. */
function createHttpModel(url: string): TextModel {
  return createFunctionModel({
    id: 'http',
    answer: async ({ messages }) => {
      const response = await fetch(`${url}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'local', messages: messages.map(({ role, text }) => ({ role, content: text })) }),
      });
      if (!response.ok) throw new TextModelError('server', `Expected status 200, received ${response.status}.`);
      const { choices } = (await response.json()) as {
        readonly choices: readonly { readonly message: { readonly content: string } }[];
      };
      return choices[0]!.message.content;
    },
  });
}

function sampleTasks(random: RandomStream, count: number): readonly JudgedTask[] {
  const pool = Array.from({ length: 1000 }, (_, index): Item => {
    const words = ['Silent', 'Golden', 'Broken', 'Electric', 'Last', 'Hidden', 'River', 'Harbour', 'Winter', 'Garden'];
    const title = Array.from(sampleDistinct(random, words.length, 2), (word) => words[word]!).join(' ');
    const genres = Array.from(sampleDistinct(random, 18, 3), (genre) => `genre ${genre}`);
    return { id: `item-${index}`, title: `${title} ${index} (${1950 + random.integer(70)})`, attributes: { genres } };
  });
  return Array.from({ length: count }, (_, index): JudgedTask => {
    const items = Array.from(sampleDistinct(random, pool.length, historyLength + candidates), (item) => pool[item]!);
    const history = items.slice(0, historyLength).map((item) => ({ item, rating: 1 + random.integer(5) }));
    const shown = items.slice(historyLength);
    const target = shown[random.integer(candidates)]!.id;
    return {
      task: { id: `task-${index}`, user: `user-${index}`, history, candidates: shown },
      relevance: new Map([[target, 1]]),
    };
  });
}

/** A legal action for every agent and row. */
function sampleActions(environment: VectorEnvironment, step: VectorStep, random: RandomStream): JointActions {
  return Object.fromEntries(
    environment.agents.map((agent) => {
      const count = environment.actionCounts[agent]!;
      const sample = (row: number): number => {
        const mask = step.actionMasks?.[agent]?.subarray(row * count, (row + 1) * count);
        return mask === undefined ? random.integer(count) : sampleIndex(random, mask);
      };
      return [agent, Int32Array.from({ length: environment.batchSize }, (_, row) => sample(row))];
    }),
  );
}

/** A failed or unreadable answer would make the step cheaper than it is. */
function assertAllAnswered(step: VectorStep): void {
  const answered = step.rewards.every((reward, row) => step.learnable[row] === 1 && reward > 0);
  if (!answered) throw new Error('Expected every row to be answered with a complete ranking.');
}
