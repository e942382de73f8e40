import { composePrompt, createPatternSpace, defaultPatterns, domains, estimateTokens } from '@rppkit/patterns';
import { createRandomStream, type RankingTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { describeEstimate, estimateRun } from './estimate-run.ts';

// One prompt and one task, so that every sample has the same length.
const patterns = defaultPatterns.map((pattern) => ({ ...pattern, expressions: pattern.expressions.slice(0, 1) }));
const space = createPatternSpace({ domain: domains.movies.en, patterns });
const task: RankingTask = {
  id: 't',
  user: 'u',
  history: [{ item: { id: 'a', title: 'Heat' } }],
  candidates: [
    { id: 'b', title: 'Alien' },
    { id: 'c', title: 'Brazil' },
  ],
};
const options = {
  plan: new Map([
    ['best fixed prompt', 100],
    ['train', 400],
    ['refine', null],
  ] as const),
  tasks: [task],
  space,
  prices: { inputPerMillion: 2, outputPerMillion: 10 },
  random: createRandomStream('estimate'),
};

it('counts the planned calls, the tokens of the prompt, and those of a list of the candidates', () => {
  const prompt = composePrompt(space, [0, 0, 0, 0], task).text;
  const answer = '1. Alien\n2. Brazil\n';
  expect(estimateRun(options)).toEqual({
    calls: 500,
    inputTokens: 500 * estimateTokens(prompt),
    outputTokens: 500 * estimateTokens(answer),
    cost: (500 * (2 * estimateTokens(prompt) + 10 * estimateTokens(answer))) / 1e6,
  });
});

it('scales both to the tokens of a call that was made', () => {
  const prompt = composePrompt(space, [0, 0, 0, 0], task);
  const usage = { inputTokens: 2 * prompt.estimatedTokens, outputTokens: 7, estimated: false };
  const { inputTokens, outputTokens } = estimateRun({ ...options, measured: { prompt, usage } });
  expect({ inputTokens, outputTokens }).toEqual({
    inputTokens: 2 * estimateRun(options).inputTokens,
    outputTokens: 7 * 500,
  });
});

it('is said in one line, with two digits', () => {
  const figures = { calls: 5716, inputTokens: 2_149_000, outputTokens: 303_400 };
  expect(describeEstimate({ ...figures, cost: 1.2345 })).toBe(
    'Estimate: 5,716 calls, about 2,100,000 tokens of prompts and 300,000 of answers; at your prices 1.23',
  );
  expect(describeEstimate({ ...figures, cost: null })).toMatch(/pass --input-price and --output-price/);
});
