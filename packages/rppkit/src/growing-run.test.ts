import { ChatOpenAI } from '@langchain/openai';
import { choosePrompts, guardTextModel, openPromptPolicy } from '@rppkit/env';
import { fromLangChain } from '@rppkit/env/langchain';
import { startChatServer } from '@rppkit/env/testing';
import { composePrompt } from '@rppkit/patterns';
import { decodePolicy } from '@rppkit/policy';
import { createRandomStream, type TextModel, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createGrowingWorld, encodeGrownPolicy, prepareGrowingRun } from './growing-run.fixture.ts';

const world = createGrowingWorld();

describe('a training whose action space grows', () => {
  it('leaves a policy file that alone reproduces its prompts', async () => {
    const grown = await prepareGrowingRun(world);
    await grown.train();
    const plain = grown.tasks.map(({ task }) => task);
    const policy = openPromptPolicy(decodePolicy(encodeGrownPolicy(grown)));
    expect(policy.space).toEqual(grown.environment.space);
    const choices = await choosePrompts(plain, policy);
    const children = choices.flatMap((choice) =>
      choice.flatMap((action, at) => policy.space.patterns[at]!.expressions[action]!.parent ?? []),
    );
    expect(children.length).toBeGreaterThan(0);
    for (const [index, choice] of choices.entries()) {
      expect(policy.space.patterns.some(({ expressions }, at) => expressions[choice[at]!]!.retired)).toBe(false);
      expect(composePrompt(policy.space, choice, plain[index]!).text).toBe(
        composePrompt(grown.environment.space, choice, plain[index]!).text,
      );
    }
    grown.learner.dispose();
  }, 60_000);

  it('keeps its space where the refining model never answers', async () => {
    const silent: TextModel = { id: 'silent', generate: () => Promise.reject(new TextModelError('server', 'down')) };
    const grown = await prepareGrowingRun({ ...world, refining: silent });
    await grown.train();
    const { refined, failed, refineCalls, pairCalls, reasons } = grown.growth.counts;
    expect(refined + pairCalls).toBe(0);
    expect(failed).toBeGreaterThan(3);
    expect(refineCalls).toBe(failed);
    expect(reasons).toEqual({ server: failed });
    expect(grown.growth.children).toEqual([]);
    grown.learner.dispose();
  }, 60_000);

  it('goes on with ChatOpenAI on a server that fails, and counts what failed', async () => {
    const draw = (name: string, index: number): number => createRandomStream(name).split(index).uniform();
    const server = await startChatServer({
      // The simulated model's rewrites; some answers are empty, some are chat around one.
      async answer({ index, messages, body }) {
        const kind = draw('answers', index);
        if (kind < 0.25) return '';
        const format = body['response_format'] as { readonly json_schema: { readonly schema: object } } | undefined;
        const schema = format && { responseSchema: format.json_schema.schema as Readonly<Record<string, unknown>> };
        const request = { messages, sampleIndex: index, purpose: 'refine', ...schema } as const;
        const { text } = await world.model.generate(request);
        return kind < 0.5 ? `Sure! Here is a better sentence: ${text} Let me know if you want another one.` : text;
      },
      faults({ index }) {
        const kind = draw('faults', index);
        return kind < 0.15 ? 'server-error' : kind < 0.3 ? 'reset' : undefined;
      },
    });
    try {
      const chat = new ChatOpenAI({
        model: 'local',
        apiKey: 'none',
        maxRetries: 0,
        configuration: { baseURL: server.urls.openai },
      });
      const refining = guardTextModel(fromLangChain(chat, { id: 'openai:local' }), {
        retry: { random: createRandomStream('retries'), maxRetries: 0 },
      });
      const grown = await prepareGrowingRun({ ...world, refining });
      await grown.train();
      const { counts, children } = grown.growth;
      expect(counts.failed).toBeGreaterThan(0);
      expect(counts.rejected).toBeGreaterThan(0);
      expect(counts.refined).toBeGreaterThan(0);
      expect(children).toHaveLength(counts.refined);
      expect((counts.reasons['server'] ?? 0) + (counts.reasons['network'] ?? 0)).toBe(counts.failed);
      grown.learner.dispose();
    } finally {
      await server.close();
    }
  }, 60_000);
});
