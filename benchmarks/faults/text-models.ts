import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  computeStoreKey,
  createBudget,
  createRecommendationEnvironment,
  fitHistoryStatistics,
  guardTextModel,
  withCallObserver,
} from '@rppkit/env';
import { openResponseStore } from '@rppkit/env/node';
import { type ChatServerFault, startChatServer } from '@rppkit/env/testing';
import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import { createRandomStream, type JointActions, type TextModel, TextModelError, type VectorStep } from '@rppkit/spec';
import { sampleRankingTasks } from '../environments/sample-ranking-tasks.ts';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import type { AskingMessage } from '../processes/ask-numbered-prompts.ts';
import { answerPrompt } from '../servers/answer-prompt.ts';
import { createChatModel } from '../servers/create-chat-model.ts';
import { answerNumberedPrompt, createNumberedRequest, readPromptNumber } from '../servers/numbered-prompts.ts';

const concurrency = 32;
/** Each as likely as the others; together 30 % of the requests meet one. */
const faults: readonly ChatServerFault[] = [
  'rate-limit',
  { kind: 'rate-limit', retryAfter: '0' },
  'server-error',
  'reset',
  'slow',
  'truncated',
  'not-json',
  'stall',
];
const faultShare = 0.3;
/** The outcome of these is unknown to the client: the provider may have answered and billed. */
const unknownOutcomes: ReadonlySet<ChatServerFault> = new Set(['reset', 'truncated', 'not-json', 'stall']);

const faultsTextModels: DirectBench = defineBench({
  name: 'faults/text-models',
  purpose: 'What ChatOpenAI and the wrappers come to against a server that fails, and after kill -9.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    log('30 % faults');
    const storm = await runStorm(quick ? 100 : 2000);
    log('500 for one prompt, half of the time');
    const bias = await measureRewardBias(quick ? 50 : 1000);
    log('kill -9');
    const killed = await runKilled(quick ? 40 : 600);
    const rows = Object.entries({ ...storm, ...bias, ...killed });
    const {
      tasks: _,
      failed: __,
      reportedUnknown: ___,
      keptAtKill: ____,
      failedRows: _____,
      peakAtServer: ______,
      ...figures
    } = {
      ...storm,
      ...bias,
      ...killed,
    };
    return { figures, table: { columns: ['figure', 'value'], rows } };
  },
});

export default faultsTextModels;

/** Asks so many prompts of a server with faults, each to an answer or a typed failure. */
async function runStorm(tasks: number): Promise<{
  readonly tasks: number;
  readonly failed: number;
  readonly wrongOutcomes: number;
  readonly askedAgain: number;
  readonly peakConcurrency: number;
  readonly peakAtServer: number;
  readonly reportedUnknown: number;
  readonly unknownMiscounted: number;
}> {
  const random = createRandomStream('faults');
  const whole = new Map<number, number>();
  // By prompt, and counted twice: what the server did to it, and what the client took it for.
  const unknown = new Map<number, number>();
  const possiblyPaid = new Map<number, number>();
  const server = await startChatServer({
    answer: ({ messages }) => answerNumberedPrompt(readPromptNumber(messages)),
    // Long enough for the limit to be reached.
    latencyMs: 5,
    faults({ messages }) {
      const fault = random.uniform() < faultShare ? faults[random.integer(faults.length)] : undefined;
      const number = readPromptNumber(messages);
      if (fault === undefined || fault === 'slow') countOne(whole, number);
      else if (unknownOutcomes.has(fault)) countOne(unknown, number);
      return fault;
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'rppkit-faults-'));
  const store = openResponseStore(folder);
  const budget = createBudget({});
  const client = countUnderWay(createChatModel(server.urls.openai));
  const observed = withCallObserver(client.model, (call) => {
    if ('failure' in call && call.possiblyPaid) countOne(possiblyPaid, readPromptNumber(call.request.messages));
  });
  const model = guardTextModel(observed, {
    store,
    budget,
    concurrency,
    // The last faults would else decide how long the bench takes.
    retry: { random: createRandomStream('retries'), maxRetries: 3, initialDelayMs: 5, maximumDelayMs: 100 },
    // Far above what the machine needs for a whole answer, so that none is given up that was on its way.
    timeoutMs: 4000,
  });
  let failed = 0;
  let wrongOutcomes = 0;
  await Promise.all(
    Array.from({ length: tasks }, async (_, number) => {
      try {
        const { text } = await model.generate(createNumberedRequest(number));
        if (text !== answerNumberedPrompt(number)) wrongOutcomes++;
      } catch (error) {
        if (TextModelError.isInstance(error)) failed++;
        else wrongOutcomes++;
      }
    }),
  );
  // Asked once more, answered prompts come from the store and no request is sent for them.
  const sent = server.requests.length;
  const stored = Array.from(whole.keys());
  await Promise.all(stored.map((number) => model.generate(createNumberedRequest(number))));
  const askedAgain =
    Array.from(whole.values()).reduce((sum, count) => sum + count - 1, 0) + (server.requests.length - sent);
  // The server sees the end of a call that was given up a moment after the client does.
  const { peakConcurrency: peakAtServer } = server;
  await store.close();
  await server.close();
  rmSync(folder, { recursive: true });
  const reportedUnknown = budget.spent().possiblyPaidCalls;
  const observedUnknown = Array.from(possiblyPaid.values()).reduce((sum, count) => sum + count, 0);
  let unknownMiscounted = Math.abs(reportedUnknown - observedUnknown);
  for (let number = 0; number < tasks; number++) {
    unknownMiscounted += Math.abs((unknown.get(number) ?? 0) - (possiblyPaid.get(number) ?? 0));
  }
  const peakConcurrency = client.readPeak();
  return {
    tasks,
    failed,
    wrongOutcomes,
    askedAgain,
    peakConcurrency,
    peakAtServer,
    reportedUnknown,
    unknownMiscounted,
  };
}

/** The model, and the most calls of it that were under way at once. */
function countUnderWay(model: TextModel): { readonly model: TextModel; readPeak(): number } {
  let running = 0;
  let peak = 0;
  const generate: TextModel['generate'] = async (request) => {
    peak = Math.max(peak, ++running);
    try {
      return await model.generate(request);
    } finally {
      running--;
    }
  };
  return { model: { id: model.id, generate }, readPeak: () => peak };
}

function countOne(counts: Map<number, number>, number: number): void {
  counts.set(number, (counts.get(number) ?? 0) + 1);
}

/**
 * How far failures that hit one prompt half of the time, and are not retried, move the mean reward of that prompt: over
 * the rows that stay learnable, against the same rows with a server that does not fail.
 */
async function measureRewardBias(batchSize: number): Promise<{
  readonly failedRows: number;
  readonly rewardBias: number;
  readonly wronglyLearnable: number;
}> {
  const tasks = sampleRankingTasks(createRandomStream('tasks'), batchSize);
  const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
  const step = async (failing: boolean): Promise<VectorStep> => {
    const random = createRandomStream('server');
    const server = await startChatServer({
      answer: ({ messages }) => answerPrompt(messages.at(-1)!.text),
      faults: () => (failing && random.uniform() < 0.5 ? 'server-error' : undefined),
    });
    try {
      const environment = createRecommendationEnvironment({
        tasks,
        space,
        model: guardTextModel(createChatModel(server.urls.openai), { concurrency }),
        encoders: [fitHistoryStatistics(tasks.map(({ task }) => task))],
        batchSize,
      });
      await environment.reset({ seed: 1 });
      const actions: JointActions = Object.fromEntries(
        environment.agents.map((agent) => [agent, new Int32Array(batchSize)]),
      );
      return await environment.step(actions);
    } finally {
      await server.close();
    }
  };
  const [healthy, faulty] = [await step(false), await step(true)];
  const learnable = Array.from({ length: batchSize }, (_, row) => row).filter((row) => faulty.learnable[row] === 1);
  const computeMean = ({ rewards }: VectorStep): number =>
    learnable.reduce((sum, row) => sum + rewards[row]!, 0) / learnable.length;
  // A row that failed must carry no reward and be marked as truncated.
  const wronglyLearnable = [...faulty.rewards].filter(
    (reward, row) => (faulty.learnable[row] === 0 && reward !== 0) || faulty.learnable[row] === faulty.truncated[row],
  ).length;
  return {
    failedRows: batchSize - learnable.length,
    rewardBias: Math.abs(computeMean(faulty) - computeMean(healthy)),
    wronglyLearnable,
  };
}

/** Kills a process in the middle of its work, reads its store, and lets another one go on. */
async function runKilled(count: number): Promise<{
  readonly keptAtKill: number;
  readonly lostAnswers: number;
  readonly repeatedAfterResume: number;
  readonly missingAfterResume: number;
}> {
  const server = await startChatServer({
    answer: ({ messages }) => answerNumberedPrompt(readPromptNumber(messages)),
    latencyMs: 10,
  });
  const folder = mkdtempSync(join(tmpdir(), 'rppkit-killed-'));
  const start = () => {
    const script = fileURLToPath(new URL('../processes/ask-numbered-prompts.ts', import.meta.url));
    return fork(script, [server.urls.openai, folder, String(count)], { execArgv: process.execArgv });
  };
  const held = new Set<number>();
  const child = start();
  const exited = once(child, 'exit');
  child.on('message', (message: AskingMessage) => {
    if (!('answered' in message)) return;
    held.add(message.answered);
    if (held.size >= count / 2) child.kill('SIGKILL');
  });
  await exited;
  const kept = await readStored(folder, count);
  const lostAnswers = [...held].filter((number) => !kept.has(number)).length;

  const before = server.requests.length;
  const second = start();
  await once(second, 'exit');
  const askedAfter = server.requests.slice(before).map(({ messages }) => readPromptNumber(messages));
  const all = await readStored(folder, count);
  await server.close();
  rmSync(folder, { recursive: true });
  return {
    keptAtKill: kept.size,
    lostAnswers,
    // Each missing one is asked once; any other request repeats one.
    repeatedAfterResume: askedAfter.length - new Set(askedAfter.filter((number) => !kept.has(number))).size,
    missingAfterResume: count - all.size,
  };
}

async function readStored(folder: string, count: number): Promise<ReadonlySet<number>> {
  const store = openResponseStore(folder);
  const { id } = createChatModel('http://127.0.0.1:1');
  const numbers = new Set<number>();
  for (let number = 0; number < count; number++) {
    const response = await store.get(computeStoreKey(id, createNumberedRequest(number)));
    if (response?.text === answerNumberedPrompt(number)) numbers.add(number);
  }
  await store.close();
  return numbers;
}
