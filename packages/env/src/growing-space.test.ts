import { createPatternSpace, extendPattern, type PatternSpace } from '@rppkit/patterns';
import { createRandomStream, type JointActions, type TextModel, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createLastPrompt } from './encoders/last-round.ts';
import type { RecommendationEnvironment } from './environment-interface.ts';
import {
  createRecommendationEnvironment,
  type RecommendationEnvironmentOptions,
} from './recommendation-environment.ts';
import type { Reword } from './reword.ts';
import { createExampleTask, exampleSpace, renderAnswer } from './testing/example-tasks.ts';
import { fromFunction } from './text-models/from-function.ts';

const tasks = Array.from({ length: 4 }, (_, index) => createExampleTask(index, { candidates: 4 }));
const position = exampleSpace.patterns.findIndex(({ section }) => section === 'reasoning');
const own = exampleSpace.patterns[position]!;
const added = own.expressions.length;
const encoder = createLastPrompt(exampleSpace.patterns.map(({ expressions }) => expressions.length));

/** The space with one more sentence. */
function grow(space: PatternSpace, template = 'Rank by MARK.', fields: object = {}): PatternSpace {
  const child = { id: 'child', perspective: '', parent: own.expressions[0]!.id, template, ...fields };
  const patterns = space.patterns.map((pattern, at) => (at === position ? extendPattern(pattern, [child]) : pattern));
  return createPatternSpace({ ...space, patterns });
}

/** Ranks the relevant candidate first where the prompt holds MARK, else last; writes down what it is asked. */
function createModel(asked: string[] = []): TextModel {
  return fromFunction({
    id: 'mark',
    answer({ messages }) {
      const text = messages.map((message) => message.text).join('\n');
      asked.push(text);
      const { task, relevance } = tasks.find((judged) => text.includes(judged.task.candidates[0]!.title))!;
      const isRelevant = ({ id }: { readonly id: string }): number => Number(relevance.has(id));
      const best = text.includes('MARK') ? -1 : 1;
      const order = task.candidates.toSorted((left, right) => best * (isRelevant(left) - isRelevant(right)));
      return renderAnswer(order.map(({ title }) => title));
    },
  });
}

const create = (options: Partial<RecommendationEnvironmentOptions> = {}): RecommendationEnvironment =>
  createRecommendationEnvironment({
    tasks,
    space: exampleSpace,
    model: createModel(),
    encoders: [encoder],
    batchSize: 2,
    ...options,
  });

/** Every agent's action 0, but for the reasoning. */
const choose = (reasoning = 0): JointActions =>
  Object.fromEntries(
    exampleSpace.patterns.map(({ name }, at) => [name, new Int32Array(2).fill(at === position ? reasoning : 0)]),
  );

describe('an environment whose space grows', () => {
  it('counts, masks and asks new expressions, and keeps the places of the old ones', async () => {
    const environment = create();
    await environment.reset({ seed: 1 });
    const before = await environment.step(choose());
    environment.replaceSpace(grow(environment.space));
    expect(environment.actionCounts[own.name]).toBe(added + 1);
    const { actionMasks } = await environment.reset({ seed: 2 });
    expect(actionMasks![own.name]!).toHaveLength(2 * (added + 1));
    const after = await environment.step(choose(added));
    expect([...before.rewards].every((reward) => reward < 0.5)).toBe(true);
    expect([...after.rewards]).toEqual([1, 1]);
  });

  it('masks what was retired', async () => {
    const environment = create();
    environment.replaceSpace(grow(environment.space, 'Rank by MARK.', { retired: true }));
    const { actionMasks } = await environment.reset({ seed: 2 });
    expect(actionMasks![own.name]!.at(-1)).toBe(0);
    await expect(environment.step(choose(added))).rejects.toThrow('a legal action');
  });

  it('refuses to grow within an episode, and to lose or change an expression', async () => {
    const environment = create({ rounds: 2 });
    const patterns = exampleSpace.patterns.map((pattern, at) =>
      at === position ? { ...pattern, expressions: pattern.expressions.slice(1) } : pattern,
    );
    expect(() => environment.replaceSpace({ ...exampleSpace, patterns })).toThrow('Expected space to be spaces with');
    await environment.reset({ seed: 1 });
    expect(() => environment.replaceSpace(grow(environment.space))).toThrow('Replace the space between two rollouts');
    await environment.step(choose());
    await environment.step(choose());
    environment.replaceSpace(grow(environment.space));
  });

  it('shows encoders of later rounds what a child was refined from', async () => {
    const environment = create({ rounds: 2 });
    environment.replaceSpace(grow(environment.space));
    await environment.reset({ seed: 1 });
    const { observations } = await environment.step(choose(added));
    const offset = exampleSpace.patterns.slice(0, position).reduce((sum, one) => sum + one.expressions.length, 0);
    expect(observations[offset]).toBe(1);
    expect(observations.reduce((sum, value) => sum + value, 0)).toBe(2 * exampleSpace.patterns.length);
  });

  it('goes on from what it saved as if nothing had been', async () => {
    const play = async (environment: RecommendationEnvironment, seeds: readonly number[]): Promise<string[]> => {
      const orders: string[] = [];
      for (const seed of seeds) {
        await environment.reset({ seed });
        const { infos } = await environment.step(choose());
        for (const info of infos) orders.push(`${info!.judged.task.id} ${info!.asked[0]!.orderIndex}`);
      }
      return orders;
    };
    const whole = create();
    const first = await play(whole, [1, 2, 3]);
    whole.replaceSpace(grow(whole.space));
    const restored = create();
    restored.load(structuredClone(whole.save()));
    expect(restored.space).toEqual(whole.space);
    expect(await play(restored, [4, 5])).toEqual(await play(whole, [4, 5]));
    expect(first.some((order) => order.endsWith('1'))).toBe(true);
  });
});

describe('asking in place of a round', () => {
  it('asks another prompt for the same task, order and draw, and changes no row', async () => {
    const asked: string[] = [];
    const environment = create({ model: createModel(asked), ordersPerPrompt: 2 });
    environment.replaceSpace(grow(environment.space));
    await environment.reset({ seed: 1 });
    const { infos, rewards } = await environment.step(choose());
    const child = infos[0]!.choice.map((action, at) => (at === position ? added : action));
    const [answer] = await environment.askInstead([{ info: infos[0]!, choice: child }]);
    expect(answer).toEqual({ score: 1, reward: 1, calls: 2 });
    // Word for word the prompts of the round, but for the sentence.
    const instead = asked.splice(-2).map((text) => text.replace('Rank by MARK.', 'SENTENCE'));
    const played = asked.filter((text) => text.includes(infos[0]!.judged.task.candidates[0]!.title));
    const sentence = 'Put the candidates in the order in which I should watch them.';
    expect(played[0]).toContain(sentence);
    expect(instead).toEqual(played.map((text) => text.replace(sentence, 'SENTENCE')));
    const [same] = await environment.askInstead([{ info: infos[0]!, choice: infos[0]!.choice }]);
    expect(same).toMatchObject({ score: infos[0]!.score, reward: expect.closeTo(rewards[0]!, 6) });
    await environment.reset({ seed: 2 });
  });

  it('gives failed calls no number', async () => {
    const failing: TextModel = {
      ...createModel(),
      generate: () => Promise.reject(new TextModelError('server', 'down')),
    };
    const environment = create({ model: failing });
    const played = create();
    await played.reset({ seed: 1 });
    const { infos } = await played.step(choose());
    expect(await environment.askInstead([{ info: infos[0]!, choice: infos[0]!.choice }])).toEqual([{ calls: 1 }]);
  });
});

describe('other words for a round', () => {
  const reworded = createPatternSpace({
    ...exampleSpace,
    patterns: exampleSpace.patterns.map((pattern, at) =>
      at === position
        ? { ...pattern, expressions: pattern.expressions.map((one) => ({ ...one, template: 'Rank by MARK.' })) }
        : pattern,
    ),
  });

  it('are asked in place of the own ones', async () => {
    const seen: (readonly string[])[] = [];
    const reword: Reword = async (rounds) => {
      seen.push(rounds.map(({ task, round, last }) => `${task.id} ${round} ${last?.status}`));
      return rounds.map((_, index) => (index === 0 ? reworded : exampleSpace));
    };
    const environment = create({ reword, rounds: 2 });
    await environment.reset({ seed: 1 });
    const first = await environment.step(choose());
    await environment.step(choose());
    expect(first.rewards[0]).toBe(1);
    expect(first.rewards[1]).toBeLessThan(0.5);
    const ids = first.infos.map((info) => info!.judged.task.id);
    expect(seen).toEqual([ids.map((id) => `${id} 0 undefined`), ids.map((id) => `${id} 1 complete`)]);
  });

  it.each([
    ['another number of spaces', async () => []],
    ['other expressions', async (rounds: readonly unknown[]) => rounds.map(() => grow(exampleSpace))],
  ])('must not be %s', async (_, reword) => {
    const environment = create({ reword: reword as Reword });
    await environment.reset({ seed: createRandomStream(1).bits() });
    await expect(environment.step(choose())).rejects.toThrow('Expected reword to be');
  });
});
