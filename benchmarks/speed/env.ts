import type { ChatOpenAI } from '@langchain/openai';
import { fromFunction, type RankingStepInfo, withConcurrencyLimit } from '@rppkit/env';
import { createRandomStream, type TextMessage, type VectorStep } from '@rppkit/spec';
import { assertAllAnswered, createEnvironment } from '../environments/create-environment.ts';
import { sampleActions } from '../environments/sample-actions.ts';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { measureBestTime } from '../harness/measure-time.ts';
import { runInProcess } from '../processes/run-in-process.ts';
import type { EpisodesReport } from '../processes/step-episodes.ts';
import { answerPrompt } from '../servers/answer-prompt.ts';
import { createChatClient, createChatModel } from '../servers/create-chat-model.ts';
import type { Latency } from '../servers/latency.ts';
import { startRankingServer } from '../servers/start-ranking-server.ts';

const latencyMs = 100;
const concurrency = 32;
const overheadEpisodes = 512;
const memoryEpisodes = [5_000, 10_000, 20_000] as const;

const instantModel = fromFunction({
  id: 'instant',
  answer: ({ messages }) => answerPrompt(messages.at(-1)!.text),
});

/** A way to ask about 2,000 prompts, and what the best possible schedule takes for it. */
interface Schedule {
  readonly label: string;
  readonly batchSize: number;
  readonly steps: number;
  readonly latency: Latency;
}

const oneStep: Schedule = { label: 'one step of 2,000', batchSize: 2000, steps: 1, latency: 'constant' };
const eightSteps: Schedule = { label: 'eight steps of 256', batchSize: 256, steps: 8, latency: 'constant' };
const reported: readonly Schedule[] = [
  { label: 'ten steps of 200', batchSize: 200, steps: 10, latency: 'constant' },
  { label: 'eight steps of 256, log-normal latency', batchSize: 256, steps: 8, latency: 'log-normal' },
];

const speedEnv: DirectBench = defineBench({
  name: 'speed/env',
  purpose: 'What the environment adds to the calls of the model: processor time, idle time between calls, and memory.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    log('a model without latency');
    const batchSize = quick ? 64 : overheadEpisodes;
    const overheadMicroseconds = (1000 * (await measureOverheadMs(batchSize, quick ? 1 : 5))) / batchSize;
    const unseenMicroseconds = (1000 * (await measureUnseenMs(batchSize, quick ? 1 : 5))) / batchSize;

    const served: ServedSchedule[] = [];
    for (const schedule of quick ? [{ ...oneStep, batchSize: 64 }] : [oneStep, eightSteps, ...reported]) {
      log(`ChatOpenAI, ${latencyMs} ms latency, ${concurrency} calls at a time: ${schedule.label}`);
      // A long step averages over what disturbs the short ones.
      const runs = quick || reported.includes(schedule) ? 1 : schedule.steps === 1 ? 2 : 5;
      served.push(await measureSchedule(schedule, runs));
    }

    const memory: EpisodesReport[] = [];
    for (const episodes of quick ? [64, 128, 256] : memoryEpisodes) {
      log(`${episodes} parallel episodes`);
      memory.push(await runInProcess<EpisodesReport>('step-episodes.ts', [String(episodes)]));
    }
    const [few, more, many] = memory as [EpisodesReport, EpisodesReport, EpisodesReport];
    const growth = (from: EpisodesReport, to: EpisodesReport): (string | number)[] => [
      `memory of a further episode, ${from.episodes} to ${to.episodes}`,
      (1000 * (to.megabytes - from.megabytes)) / (to.episodes - from.episodes),
      'kB',
    ];
    return {
      figures: {
        overheadMicroseconds,
        oneStepRatio: served[0]!.ratio,
        eightStepsRatio: (served[1] ?? served[0]!).ratio,
        eightStepsOverClient: (served[1] ?? served[0]!).overClient,
        megabytes: many.megabytes,
      },
      table: {
        columns: ['measurement', 'value', 'unit'],
        rows: [
          ['episode of one step, no latency, 10 candidates, history 10', overheadMicroseconds, 'µs'],
          ['the same for tasks and items never seen before', unseenMicroseconds, 'µs'],
          ...served.flatMap((measured): (string | number)[][] => [
            [`${measured.schedule.label}, ${latencyMs} ms latency, ${concurrency} at a time`, measured.seconds, 's'],
            ['as a multiple of the ideal', measured.ratio, 'times'],
            ['as a multiple of what ChatOpenAI alone takes for these calls', measured.overClient, 'times'],
          ]),
          ...memory.map(({ episodes, megabytes }) => [`${episodes} parallel episodes, whole process`, megabytes, 'MB']),
          growth(few, more),
          growth(more, many),
        ],
      },
    };
  },
});

export default speedEnv;

/** Reset and step of a batch, once compiled: compose, answer at once, parse, reward, encode. */
async function measureOverheadMs(batchSize: number, runs: number): Promise<number> {
  const environment = createEnvironment(instantModel, batchSize);
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

/** The same for an environment whose tasks and items are all new, so that nothing about them is remembered. */
async function measureUnseenMs(batchSize: number, runs: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 2 * runs; run++) {
    const environment = createEnvironment(instantModel, batchSize);
    // Masks depend on the lengths of histories, which are all alike: actions of other tasks are as legal.
    const actions = sampleActions(environment, await probe(batchSize), createRandomStream('overhead'));
    const pass = async (): Promise<void> => {
      await environment.reset({ seed: 1 });
      assertAllAnswered(await environment.step(actions));
    };
    best = Math.min(best, await measureBestTime(1, pass));
  }
  return best;
}

const probe = (batchSize: number): Promise<VectorStep> => createEnvironment(instantModel, batchSize).reset({ seed: 1 });

interface ServedSchedule {
  readonly schedule: Schedule;
  /** Of all steps together. */
  readonly seconds: number;
  /** Multiple of the ideal: all calls in full rows of `concurrency`, each as long as the server takes. */
  readonly ratio: number;
  /** Multiple of what the bare client takes for the same prompts, as many at a time. */
  readonly overClient: number;
}

/** The best of so many runs against a server in a process of its own; the bare client takes its turn in each run. */
async function measureSchedule(schedule: Schedule, runs: number): Promise<ServedSchedule> {
  const { batchSize, steps, latency } = schedule;
  const server = await startRankingServer({ latencyMs, latency });
  try {
    const environment = createEnvironment(withConcurrencyLimit(createChatModel(server.url), concurrency), batchSize);
    const client = createChatClient(server.url);
    const random = createRandomStream('served');
    let [best, clientBest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    // The first run, of one step, loads and compiles the client and does not count.
    for (let run = -1; run < runs; run++) {
      let [elapsed, clientElapsed] = [0, 0];
      for (let step = 0; step < (run < 0 ? 1 : steps); step++) {
        const actions = sampleActions(environment, await environment.reset({ seed: run * steps + step }), random);
        let prompts: readonly (readonly TextMessage[])[] = [];
        elapsed += await measureBestTime(1, async () => {
          const taken = await environment.step(actions);
          assertAllAnswered(taken);
          prompts = listPrompts(taken);
        });
        clientElapsed += await measureBestTime(1, () => askClient(client, prompts));
      }
      if (run < 0) continue;
      [best, clientBest] = [Math.min(best, elapsed), Math.min(clientBest, clientElapsed)];
    }
    const idealMs = (batchSize * steps * server.meanLatencyMs) / concurrency;
    return { schedule, seconds: best / 1000, ratio: best / idealMs, overClient: best / clientBest };
  } finally {
    await server.close();
  }
}

function listPrompts({ infos }: VectorStep<RankingStepInfo>): readonly (readonly TextMessage[])[] {
  return infos.flatMap((info) => info?.asked.map(({ answer }) => answer.prompt.messages) ?? []);
}

/** Asks all prompts, `concurrency` at a time, and does nothing with the answers. */
async function askClient(client: ChatOpenAI, prompts: readonly (readonly TextMessage[])[]): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < prompts.length) {
      await client.invoke(prompts[next++]!.map(({ role, text }) => ({ role, content: text })));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
