import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import { type JudgedTask, type TextModel, TextModelError, type TextRequest } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { averageOutcomes, createReportAsker } from './report-asker.ts';

const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
const titles = ['Alpha', 'Beta', 'Gamma'];

const tasks = ['u1', 'u2'].map((user): JudgedTask => {
  const candidates = titles.map((title) => ({ id: title, title }));
  return {
    task: { id: user, user, history: [{ item: { id: 'seen', title: 'Seen' } }], candidates },
    relevance: new Map([['Beta', 1]]),
  };
});

/** Answers in the order of the titles, and fails where told. */
function createModel(fails: (request: TextRequest, call: number) => boolean = () => false): {
  readonly model: TextModel;
  readonly requests: TextRequest[];
} {
  const requests: TextRequest[] = [];
  const model: TextModel = {
    id: 'in order',
    async generate(request) {
      requests.push(request);
      if (fails(request, requests.length - 1)) throw new TextModelError('server', 'Out of order.');
      const usage = { inputTokens: 90, outputTokens: 10, estimated: true };
      const text = titles.map((title, index) => `${index + 1}. ${title}`).join('\n');
      return { text, usage, cached: false, latencyMs: 0, finishReason: 'stop' };
    },
  };
  return { model, requests };
}

const createAsker = (model: TextModel): ReturnType<typeof createReportAsker> =>
  createReportAsker({ tasks, model, concurrency: 1, signal: new AbortController().signal, sampleIndex: 4 });

it('asks each prompt once a user, also where a space of the same content chooses it', async () => {
  const { model, requests } = createModel();
  const ask = createAsker(model);
  const choices = [
    [0, 0, 0, 0],
    [0, 0, 1, 0],
  ];
  const first = await ask({ space, choices });
  expect(requests.map(({ sampleIndex }) => sampleIndex)).toEqual([4, 4]);
  // The relevant one is second: 1 / log2(3).
  expect(first.ndcg).toEqual({ 1: [0, 0], 5: [1 / Math.log2(3), 1 / Math.log2(3)], 10: first.ndcg[5] });
  expect(first).toMatchObject({ callsPerRanking: 1, tokensPerRanking: 100, invalidShare: 0 });
  const other = createPatternSpace({ domain: movies, patterns: defaultPatterns });
  expect(await ask({ space: other, choices })).toEqual(first);
  expect(requests).toHaveLength(2);
  await ask({ space, choices, orders: 3 });
  expect(requests).toHaveLength(6);
});

it('counts all calls of an ensemble, and takes a user for lost where one of them failed', async () => {
  const { model } = createModel((_, call) => call === 1);
  const outcome = await createAsker(model)({ space, choices: tasks.map(() => [0, 0, 0, 0]), orders: 3 });
  expect(outcome).toMatchObject({ callsPerRanking: 3, tokensPerRanking: 300 });
  expect(outcome.ndcg[10][0]).toBeNull();
  expect(outcome.ndcg[10][1]).toBeCloseTo(1 / Math.log2(3), 12);
});

it('averages outcomes for each user', () => {
  const outcome = (values: readonly (number | null)[], tokensPerRanking: number) => ({
    ndcg: { 1: values, 5: values, 10: values },
    searchCalls: 7,
    callsPerRanking: 1,
    tokensPerRanking,
    invalidShare: 0.5,
  });
  expect(averageOutcomes([outcome([0, 1, null], 100), outcome([0.5, 1, 1], 300)])).toEqual(
    outcome([0.25, 1, null], 200),
  );
});
