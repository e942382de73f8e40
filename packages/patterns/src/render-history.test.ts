import { describe, expect, it } from 'vitest';
import { type ComposedPrompt, composePrompt } from './compose-prompt.ts';
import { createPatterns } from './create-patterns.ts';
import { movies, moviesZh } from './domains.ts';
import { estimateTokens } from './estimate-tokens.ts';
import type { HistoryKind } from './history-kinds.ts';
import { hostileTitles } from './hostile-titles.fixture.ts';
import { renderItemTitle } from './item-text.ts';
import { extendPattern } from './pattern.ts';
import { createPatternSpace, type PatternSpace } from './pattern-space.ts';
import type { TaskWithExamples } from './ranking-example.ts';

const entries = (titles: readonly string[]) => titles.map((title) => ({ item: { id: `id ${title}`, title } }));
const task: TaskWithExamples = {
  id: 'task',
  user: 'u',
  history: entries(['Old', 'Middle', 'Recent']),
  candidates: [
    { id: 'a', title: 'Alpha' },
    { id: 'b', title: 'Beta' },
  ],
  examples: [
    { history: entries(['One', 'Two']), chosen: { id: 'x', title: 'Three' } },
    { history: entries(['Uno']), chosen: { id: 'y', title: 'Due' } },
  ],
};
const create = (history: HistoryKind, language: 'en' | 'zh' = 'en'): PatternSpace =>
  createPatternSpace({
    domain: language === 'en' ? movies : moviesZh,
    patterns: createPatterns({ history, language }),
  });
const part = ({ text, spans }: ComposedPrompt): string => {
  const span = spans.find(({ section }) => section === 'history')!;
  return text.slice(span.start, span.end);
};
const render = (history: HistoryKind, of: TaskWithExamples = task, language: 'en' | 'zh' = 'en'): string =>
  part(composePrompt(create(history, language), [0, 1, 0, 0], of));

describe('history', () => {
  it('names the most recent item once more', () => {
    expect(render('recency-focused')).toMatchInlineSnapshot(`
      "These are the 3 movies I watched most recently, the oldest first:
      1. Old
      2. Middle
      3. Recent
      Pay special attention to the one I watched last:
      - Recent"
    `);
    expect(render('recency-focused', task, 'zh')).toMatchInlineSnapshot(`
      "这是我最近看过的 3 部电影，从旧到新排列：
      1. Old
      2. Middle
      3. Recent
      请特别留意我最后看过的这部：
      - Recent"
    `);
  });

  it('holds the most recent item out as the answer of a worked example', () => {
    expect(render('in-context')).toMatchInlineSnapshot(`
      "These are 2 movies I watched, the oldest first:
      1. Old
      2. Middle
      Had I asked then what to watch next, the right answer would have been what I really watched after that:
      - Recent"
    `);
    expect(render('in-context', task, 'zh')).toMatchInlineSnapshot(`
      "这是我看过的 2 部电影，从旧到新排列：
      1. Old
      2. Middle
      假如我当时问接下来该看什么，正确答案就是我随后真正看过的这部：
      - Recent"
    `);
  });

  it('shows examples of other people', () => {
    expect(render('similar-users')).toMatchInlineSnapshot(`
      "These are the 3 movies I watched most recently, the oldest first:
      1. Old
      2. Middle
      3. Recent

      This is how 2 people whose tastes are close to mine went on after what they watched.

      Person 1 watched these 2 movies, the oldest first:
      1. One
      2. Two
      And after that, person 1 watched:
      - Three

      Person 2 watched this movie:
      1. Uno
      And after that, person 2 watched:
      - Due"
    `);
    expect(render('similar-users', { ...task, examples: task.examples!.slice(1) }, 'zh')).toMatchInlineSnapshot(`
      "这是我最近看过的 3 部电影，从旧到新排列：
      1. Old
      2. Middle
      3. Recent

      下面是与我口味相近的一个人看过的电影，以及他们后来的选择。

      第 1 个人看过的一部电影：
      1. Uno
      在那之后，第 1 个人看过的是：
      - Due"
    `);
  });

  it('lists a single item without a closing, and speaks of the items listed', () => {
    const one = { ...task, history: task.history.slice(2) };
    expect(render('recency-focused', one)).toBe(render('sequential', one));
    expect(render('in-context', one)).toBe('This is a movie I watched:\n1. Recent');
    expect(render('in-context', { ...task, history: task.history.slice(1) })).toContain(
      'This is a movie I watched:\n1. Middle\nHad I asked',
    );
    expect(render('in-context', { ...task, history: [] })).toBe('I have not watched any movies yet.');
    const { text } = composePrompt(create('in-context'), [0, 1, 7, 0], task);
    expect(text).toContain('all the movies listed above');
    expect(composePrompt(create('in-context'), [0, 0, 7, 0], task).text).toContain('the one movie listed above');
  });

  it('keeps the window, the order of the records and the details of items', () => {
    const [role, history, reasoning, format] = createPatterns({
      history: 'in-context',
      windows: [2],
      records: { order: 'recent-first', ratings: true },
    });
    const space = createPatternSpace({ domain: movies, patterns: [role, history, reasoning, format] });
    const rated = { ...task, history: task.history.map((entry, index) => ({ ...entry, rating: index + 1 })) };
    const prompt = composePrompt(space, [0, 0, 0, 0], rated);
    expect(prompt.window).toBe(2);
    expect(part(prompt)).toContain('This is a movie I watched:\n1. Middle (rated 2)\nHad I asked');
    const longer = createPatternSpace({
      domain: movies,
      patterns: [
        createPatterns({ history: 'in-context', windows: [9], records: { order: 'recent-first' } })[1],
        format,
      ],
    });
    expect(part(composePrompt(longer, [0, 0], task))).toMatch(
      /^These are 2 movies I watched, the most recent first:\n1\. Middle\n2\. Old\n.*\n- Recent$/,
    );
  });

  it('shows as many examples as there are, none without a heading, and counts their tokens', () => {
    const space = create('similar-users');
    const heading = (count: number): string => {
      const examples = Array.from({ length: count }, () => task.examples![0]!);
      return part(composePrompt(space, [0, 1, 0, 0], { ...task, examples }));
    };
    expect(heading(5).match(/^Person/gm)).toHaveLength(3);
    expect(heading(1)).toContain('how someone whose taste is close');
    expect(heading(0)).toBe(render('sequential'));
    const prompt = composePrompt(space, [0, 1, 0, 0], task);
    expect(prompt.estimatedTokens).toBe(estimateTokens(prompt.text));
    expect(prompt.spans.map(({ start, end }) => prompt.text.slice(start, end)).join('\n\n')).toBe(prompt.text);
    expect(prompt.messages.map(({ text }) => text).join('\n\n')).toBe(prompt.text);
  });

  it('leaves out an empty heading of examples', () => {
    const [, history, , format] = createPatterns({ windows: [3] });
    const own = extendPattern(history, [
      {
        id: 'own',
        perspective: '',
        template: '',
        window: 1,
        examples: { count: 1, heading: '', template: '{exampleHistory}\n=> {chosenTitle}' },
      },
    ]);
    const space = createPatternSpace({ domain: movies, patterns: [own, format] });
    expect(part(composePrompt(space, [1, 0], task))).toBe('1. Recent\n\n1. One\n2. Two\n=> Three');
  });

  it('refuses a task that nobody gave examples, and an example without a history', () => {
    const { examples: _examples, ...bare } = task;
    expect(() => render('similar-users', bare)).toThrow(
      'Expected examples of task task to be a list of worked examples, since the prompt shows some, received undefined',
    );
    expect(render('sequential', bare)).toBe(render('sequential'));
    const empty = { ...task, examples: [{ history: [], chosen: task.candidates[0]! }] };
    expect(() => render('similar-users', empty)).toThrow('history of at least one item');
  });

  it('keeps every title on a line of its own', () => {
    for (const title of hostileTitles) {
      const item = { id: 'secret', title };
      const hostile = {
        ...task,
        history: [{ item: { id: 'h', title: 'Heat' } }, { item }],
        examples: [{ history: [{ item }], chosen: item }],
      };
      const line = renderItemTitle(item);
      for (const kind of ['recency-focused', 'in-context', 'similar-users'] as const) {
        const lines = render(kind, hostile).split(/\r\n|[\n\r\u0085\u2028\u2029]/);
        const plain = render(kind, {
          ...hostile,
          history: entries(['Heat', 'Plain']),
          examples: [{ history: entries(['Plain']), chosen: { id: 'p', title: 'Plain' } }],
        }).split('\n');
        expect(lines).toEqual(plain.map((text) => text.replace(/Plain$/, () => line)));
      }
    }
  });
});
