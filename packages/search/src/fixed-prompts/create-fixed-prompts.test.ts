import { askRanking, fromFunction } from '@rppkit/env';
import {
  composePrompt,
  createPatternSpace,
  createPatterns,
  defaultPatterns,
  movies,
  moviesZh,
  neutralChoice,
  type PatternSpace,
  serializePatternSpace,
} from '@rppkit/patterns';
import { createRandomStream, type JudgedTask, type RankingTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createModelSource } from '../answers/create-model-source.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { evaluateFoundPrompts } from '../searchers/evaluate-found-prompts.ts';
import { loadFoundPrompts } from '../searchers/load-found-prompts.ts';
import { createFixedPrompts } from './create-fixed-prompts.ts';
import type { FixedPrompt, FixedPromptName } from './fixed-prompt.ts';
import { createSimilarUserExamples } from './similar-user-examples.ts';

const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
const entries = (titles: readonly string[]) => titles.map((title) => ({ item: { id: title, title } }));
const createTask = (user: string, history: readonly string[], candidates: readonly string[]): JudgedTask => ({
  task: { id: user, user, history: entries(history), candidates: candidates.map((title) => ({ id: title, title })) },
  relevance: new Map([[candidates[0]!, 1]]),
});
const training = [
  createTask('ann', ['Heat', 'Ronin'], ['Casino', 'Alien']),
  createTask('bob', ['Alien'], ['Aliens', 'Heat']),
];
const table = { dimensions: 2, get: (user: string) => Float32Array.of(1, user === 'bob' ? 0 : 1) };
const examples = createSimilarUserExamples({ tasks: training, table, count: 2 });
const { task } = createTask('eve', ['Fargo', 'Speed', 'Brazil'], ['Clueless', 'Gattaca']);
const byName = (of: PatternSpace, names?: readonly FixedPromptName[]): Map<FixedPromptName, FixedPrompt> =>
  new Map(
    createFixedPrompts({ space: of, examples, ...(names === undefined ? {} : { names }) }).map((prompt) => [
      prompt.name,
      prompt,
    ]),
  );
const render = (prompt: FixedPrompt, of: RankingTask): string =>
  composePrompt(prompt.space, prompt.choose(of)[0]!, prompt.prepareTask(of)).text;

describe('createFixedPrompts', () => {
  const prompts = byName(space);

  it('writes each prompt', () => {
    expect(
      [...prompts.values()].map((prompt) => `== ${prompt.name}\n${render(prompt, task)}`).join('\n\n'),
    ).toMatchInlineSnapshot(`
      "== neutral
      These are the 2 movies I watched most recently, the oldest first:
      1. Speed
      2. Brazil

      These are 2 candidate movies for what I watch next:
      [1] Clueless
      [2] Gattaca

      Put the candidates in the order in which I should watch them.

      Write the answer as a numbered list with the titles of all 2 candidates, the best first.

      == sequential
      These are the 2 movies I watched most recently, the oldest first:
      1. Speed
      2. Brazil

      These are 2 candidate movies for what I watch next:
      [1] Clueless
      [2] Gattaca

      Order the candidates according to the movies I watched.

      Write the answer as a numbered list with the titles of all 2 candidates, the best first.

      == recency-focused
      These are the 2 movies I watched most recently, the oldest first:
      1. Speed
      2. Brazil
      Pay special attention to the one I watched last:
      - Brazil

      These are 2 candidate movies for what I watch next:
      [1] Clueless
      [2] Gattaca

      Order the candidates according to the movies I watched.

      Write the answer as a numbered list with the titles of all 2 candidates, the best first.

      == in-context
      This is a movie I watched:
      1. Speed
      Had I asked then what to watch next, the right answer would have been what I really watched after that:
      - Brazil

      These are 2 candidate movies for what I watch next:
      [1] Clueless
      [2] Gattaca

      Order the candidates according to the movies I watched.

      Write the answer as a numbered list with the titles of all 2 candidates, the best first.

      == chain-of-thought
      These are the 2 movies I watched most recently, the oldest first:
      1. Speed
      2. Brazil

      These are 2 candidate movies for what I watch next:
      [1] Clueless
      [2] Gattaca

      Estimate how likely I am to watch each candidate next, and order the candidates by that. Reason step by step.

      Write the answer as a numbered list with the titles of all 2 candidates, the best first.

      == role
      You are the recommender system of a large film service.

      These are the 2 movies I watched most recently, the oldest first:
      1. Speed
      2. Brazil

      These are 2 candidate movies for what I watch next:
      [1] Clueless
      [2] Gattaca

      Put the candidates in the order in which I should watch them.

      Write the answer as a numbered list with the titles of all 2 candidates, the best first.

      == few-shot
      These are the 2 movies I watched most recently, the oldest first:
      1. Speed
      2. Brazil

      This is how 2 people whose tastes are close to mine went on after what they watched.

      Person 1 watched these 2 movies, the oldest first:
      1. Heat
      2. Ronin
      And after that, person 1 watched:
      - Casino

      Person 2 watched this movie:
      1. Alien
      And after that, person 2 watched:
      - Aliens

      These are 2 candidate movies for what I watch next:
      [1] Clueless
      [2] Gattaca

      Put the candidates in the order in which I should watch them.

      Write the answer as a numbered list with the titles of all 2 candidates, the best first."
    `);
  });

  it('writes those with a history of their own in Chinese', () => {
    const chinese = createPatternSpace({ domain: moviesZh, patterns: createPatterns({ language: 'zh' }) });
    const own = byName(chinese, ['few-shot', 'in-context', 'recency-focused']);
    expect([...own.keys()]).toEqual(['few-shot', 'in-context', 'recency-focused']);
    expect([...own.values()].map((prompt) => render(prompt, task)).join('\n\n')).toMatchInlineSnapshot(`
      "这是我最近看过的 2 部电影，从旧到新排列：
      1. Speed
      2. Brazil

      下面是与我口味相近的 2 个人看过的电影，以及他们后来的选择。

      第 1 个人看过的 2 部电影，从旧到新排列：
      1. Heat
      2. Ronin
      在那之后，第 1 个人看过的是：
      - Casino

      第 2 个人看过的一部电影：
      1. Alien
      在那之后，第 2 个人看过的是：
      - Aliens

      以下是供我接下来看的 2 部候选电影：
      [1] Clueless
      [2] Gattaca

      请按我应该看的先后顺序排列这些候选电影。

      请用编号列表写出全部 2 个候选的标题，最合适的排在最前。

      这是我看过的一部电影：
      1. Speed
      假如我当时问接下来该看什么，正确答案就是我随后真正看过的这部：
      - Brazil

      以下是供我接下来看的 2 部候选电影：
      [1] Clueless
      [2] Gattaca

      请根据我看过的电影排列候选电影。

      请用编号列表写出全部 2 个候选的标题，最合适的排在最前。

      这是我最近看过的 2 部电影，从旧到新排列：
      1. Speed
      2. Brazil
      请特别留意我最后看过的这部：
      - Brazil

      以下是供我接下来看的 2 部候选电影：
      [1] Clueless
      [2] Gattaca

      请根据我看过的电影排列候选电影。

      请用编号列表写出全部 2 个候选的标题，最合适的排在最前。"
    `);
  });

  it('keeps points of the space in it, and the actions of those with other words', () => {
    for (const name of ['neutral', 'sequential', 'chain-of-thought', 'role'] as const) {
      expect(prompts.get(name)!.space).toBe(space);
    }
    expect(prompts.get('neutral')!.choice).toEqual(neutralChoice(space));
    expect(prompts.get('in-context')!.choice).toEqual(prompts.get('sequential')!.choice);
    for (const name of ['recency-focused', 'in-context', 'few-shot'] as const) {
      expect(prompts.get(name)!.space).not.toEqual(space);
      expect(() => serializePatternSpace(prompts.get(name)!.space)).not.toThrow();
    }
  });

  it('cuts windows to the history, and shows one item without an example', () => {
    const one = { ...task, history: task.history.slice(2) };
    for (const prompt of prompts.values()) {
      expect(prompt.choose(one)).toEqual([[prompt.choice[0], 0, prompt.choice[2], prompt.choice[3]]]);
    }
    expect(render(prompts.get('in-context')!, one)).toContain('This is a movie I watched:\n1. Brazil\n\nThese are 2');
    expect(render(prompts.get('recency-focused')!, one)).toBe(render(prompts.get('sequential')!, one));
    expect(render(prompts.get('in-context')!, { ...task, history: [] })).toContain('I have not watched any movies');
    const long = createTask('eve', [...'abcdefghijklm'], ['x', 'y']).task;
    expect(prompts.get('in-context')!.choose(long)[0]![1]).toBe(2);
    expect(render(prompts.get('in-context')!, long)).toMatch(/1\. d\n2\. e\n(?:.*\n){7}.*\n- m\n/);
  });

  it('never shows the target outside the candidates, over many tasks', () => {
    const random = createRandomStream('targets');
    const titles = Array.from({ length: 60 }, (_, index) => `Movie ${index} of 60`);
    const draw = (user: string): JudgedTask => {
      const drawn = new Set<string>();
      while (drawn.size < 9) drawn.add(titles[random.integer(60)]!);
      const [target, ...rest] = drawn;
      return createTask(user, rest.slice(0, random.integer(6)), [target!, ...rest.slice(6)]);
    };
    const all = Array.from({ length: 80 }, (_, user) => draw(`user ${user}`));
    const vectors = new Map(all.map((judged) => [judged.task.user, Float32Array.of(random.normal(), random.normal())]));
    const labels = new Set(all.slice(40).map(({ task: own }) => own.candidates[0]!.title));
    // Histories of others may hold anything; here they hold no report user's target, so that one in a prompt is a leak.
    const fit = all.slice(0, 40).map((judged) => ({
      ...judged,
      task: { ...judged.task, history: judged.task.history.filter(({ item }) => !labels.has(item.title)) },
    }));
    const own = createSimilarUserExamples({
      tasks: fit,
      table: { dimensions: 2, get: (user) => vectors.get(user) },
    });
    for (const prompt of createFixedPrompts({ space, examples: own })) {
      for (const { task: asked } of all.slice(40)) {
        const shown = prompt.prepareTask(asked);
        const { text, spans } = composePrompt(prompt.space, prompt.choose(asked)[0]!, shown);
        const { start, end } = spans.find(({ section }) => section === 'candidates')!;
        const rest = text.slice(0, start) + text.slice(end);
        const target = asked.candidates[0]!.title;
        expect(text.slice(start, end)).toContain(target);
        // What others chose may be anybody's target, but never this one's.
        expect(rest.split('\n').filter((line) => line.endsWith(target))).toEqual([]);
      }
    }
  });

  it('is asked as any found prompt, and saved as one', async () => {
    const world = createScriptedWorld({ users: 12, interaction: false });
    const model = fromFunction({ id: 'first', answer: async () => '1. Casino' });
    const { prompt } = await askRanking(
      { task: prompts.get('few-shot')!.prepareTask(task), choice: [0, 0, 0, 0], orderIndex: 1, sampleIndex: 0 },
      { model, space: prompts.get('few-shot')!.space },
    );
    expect(prompt.text).toContain('Person 2');
    const neutral = createFixedPrompts({ space: world.space, names: ['neutral'] })[0]!;
    const source = createModelSource(world);
    const evaluated = await evaluateFoundPrompts(neutral, source);
    const direct = await source.ask(world.tasks.map((_, index) => ({ task: index, choice: neutral.choice })));
    expect(evaluated.rewards).toEqual(direct.rewards);
    for (const found of prompts.values()) {
      const state = JSON.parse(JSON.stringify(found.save()));
      expect(loadFoundPrompts(state, { space: found.space }).choose(task)).toEqual(found.choose(task));
      expect(found).toMatchObject({ calls: 0, promptsPerRanking: 1 });
    }
  });

  it('leaves few-shot out where there are no examples', () => {
    expect(createFixedPrompts({ space }).map(({ name }) => name)).toEqual([
      'neutral',
      'sequential',
      'recency-focused',
      'in-context',
      'chain-of-thought',
      'role',
    ]);
    expect(() => createFixedPrompts({ space, names: ['few-shot'] })).toThrow('Expected examples to be given for');
  });

  it('names what it cannot do', () => {
    expect(() => createFixedPrompts({ space, names: ['zero-shot' as 'role'] })).toThrow(
      'names[0] to be one of neutral,',
    );
    expect(() => createFixedPrompts({ space, names: ['role', 'role'] })).toThrow('Expected names[1]');
    const [, history, reasoning, format] = defaultPatterns;
    const roleless = createPatternSpace({ domain: movies, patterns: [history!, reasoning!, format!] });
    expect(() => createFixedPrompts({ space: roleless })).toThrow(
      'Expected role expressions of the space to be a list with recommender',
    );
    const plain = { ...reasoning!, expressions: reasoning!.expressions.slice(0, 1) };
    const small = createPatternSpace({ domain: movies, patterns: [history!, plain, format!] });
    expect(() => createFixedPrompts({ space: small, names: ['in-context'] })).toThrow('by-history');
    expect(createFixedPrompts({ space: small, names: ['few-shot'], examples })[0]!.choice).toEqual([2, 0, 0]);
  });
});
