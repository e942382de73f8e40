import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { AnswerForm } from '../reading/answer-form.ts';
import type { Guidance } from '../reading/read-guidance.ts';
import { answerPhrases } from './answer-phrases.ts';
import type { AnswerPlan } from './answer-plan.ts';
import { renderAnswer } from './render-answer.ts';

const genreNames = ['Drama', 'War', 'Comedy'];
const known = (popularity: number, ...genres: number[]): { popularity: number; genres: Int32Array } => ({
  popularity,
  genres: Int32Array.from(genres),
});
const history = ['Old One', 'Old Two', 'Old Three'];
const candidates = ['Alien', 'Heat', "Ocean's Eleven", 'Ran'];
const situation = {
  history: [known(0.5, 0), known(0.5, 0, 1), undefined],
  candidates: [known(0.2, 1), known(0.95, 2), known(0.2, 2), undefined],
};
const plain: AnswerPlan = {
  thinks: false,
  greets: false,
  remarks: false,
  closes: false,
  fenced: false,
  lines: [1, 0, 2],
};

interface Case {
  readonly plan?: Partial<AnswerPlan>;
  readonly answer?: AnswerForm;
  readonly language?: Guidance['language'];
  readonly labels?: readonly string[];
  readonly deliberation?: number;
  readonly draw?: number;
  /** A history of titles that nobody knows. */
  readonly watched?: readonly string[];
  /** Candidates that nobody knows. */
  readonly shown?: readonly string[];
}

function render({
  plan = {},
  answer = { content: 'titles', shape: 'list' },
  language = 'en',
  labels = ['1', '2', '3', '4'],
  deliberation = 1,
  draw = 0,
  watched,
  shown,
}: Case): string {
  const guidance: Guidance = {
    recency: 0,
    overall: 0,
    taste: 0,
    popularity: 0,
    niche: 0,
    deliberation,
    brevity: 0,
    explicitness: 0,
    answer,
    language,
  };
  return renderAnswer(
    { ...plain, ...plan },
    {
      reading: { history: watched ?? history, candidates: shown ?? candidates, labels, guidance },
      situation: {
        history: watched?.map(() => undefined) ?? situation.history,
        candidates: shown?.map(() => undefined) ?? situation.candidates,
        guidance,
      },
      genreNames,
      random: createRandomStream(draw),
    },
  );
}

describe('renderAnswer', () => {
  it.each([
    [{ content: 'titles', shape: 'list' }, "1. Heat\n2. Alien\n3. Ocean's Eleven"],
    [{ content: 'titles', shape: 'line' }, "Heat > Alien > Ocean's Eleven"],
    [{ content: 'titles', shape: 'json' }, '["Heat","Alien","Ocean\'s Eleven"]'],
    [{ content: 'titles', shape: 'json', field: 'order' }, '{"order":["Heat","Alien","Ocean\'s Eleven"]}'],
    [{ content: 'indices', shape: 'list' }, '1. [2]\n2. [1]\n3. [3]'],
    [{ content: 'indices', shape: 'line' }, '[2] > [1] > [3]'],
    [{ content: 'indices', shape: 'json' }, '[2,1,3]'],
    [{ content: 'indices', shape: 'json', field: 'order' }, '{"order":[2,1,3]}'],
  ] as const)('answers in the form %j', (answer, text) => {
    expect(render({ answer })).toBe(text);
  });

  it('uses letters where the candidates have letters, and numbers from 0 where they have those', () => {
    const labels = ['A', 'B', 'C', 'D'];
    expect(render({ labels, answer: { content: 'indices', shape: 'line' } })).toBe('[B] > [A] > [C]');
    expect(render({ labels, answer: { content: 'indices', shape: 'json' } })).toBe('["B","A","C"]');
    expect(render({ labels: ['0', '1', '2', '3'], answer: { content: 'indices', shape: 'json' } })).toBe('[1,0,2]');
  });

  it('writes a title of the history where one slipped in', () => {
    expect(render({ plan: { lines: [0, ~2] } })).toBe('1. Alien\n2. Old Three');
    expect(render({ plan: { lines: [0, ~2], remarks: true } })).toMatch(/\n2\. Old Three\W+hard to judge$/);
  });

  it('fences JSON', () => {
    expect(render({ answer: { content: 'indices', shape: 'json' }, plan: { fenced: true } })).toBe(
      '```json\n[\n  2,\n  1,\n  3\n]\n```',
    );
  });

  it.each([
    ['trailing-comma', false, '["Heat","Alien","Ocean\'s Eleven",]'],
    ['single-quotes', false, "['Heat', 'Alien', 'Ocean's Eleven']"],
    [
      'trailing-comma',
      true,
      '```json\n{\n  "order": [\n    "Heat",\n    "Alien",\n    "Ocean\'s Eleven",\n  ]\n}\n```',
    ],
    ['single-quotes', true, "```json\n{'order': ['Heat', 'Alien', 'Ocean's Eleven']}\n```"],
  ] as const)('breaks JSON by %s (fenced: %s)', (jsonFault, fenced, text) => {
    const answer = { content: 'titles', shape: 'json', ...(fenced && { field: 'order' }) } as const;
    expect(render({ answer, plan: { jsonFault, fenced } })).toBe(text);
  });

  it('cuts JSON in its second half, and a fence with it', () => {
    const whole = '["Heat","Alien","Ocean\'s Eleven"]';
    for (let draw = 0; draw < 50; draw++) {
      const cut = render({ answer: { content: 'titles', shape: 'json' }, plan: { jsonFault: 'cut' }, draw });
      expect(whole.startsWith(cut)).toBe(true);
      expect(cut.length).toBeGreaterThanOrEqual(whole.length / 2 - 1);
      expect(cut.length).toBeLessThan(whole.length);
      expect(() => JSON.parse(cut)).toThrow();
    }
    const fenced = { jsonFault: 'cut', fenced: true } as const;
    expect(render({ answer: { content: 'titles', shape: 'json' }, plan: fenced })).not.toMatch(/```$/);
  });

  it('breaks JSON of numbers too', () => {
    const answer = { content: 'indices', shape: 'json' } as const;
    expect(render({ answer, plan: { jsonFault: 'single-quotes' } })).toBe('[2, 1, 3]');
    expect(render({ answer, plan: { jsonFault: 'trailing-comma' } })).toBe('[2,1,3,]');
  });

  it('finds the end of the list where a title ends in a bracket', () => {
    const answer = { content: 'titles', shape: 'json' } as const;
    const plan = { lines: [0], jsonFault: 'trailing-comma' } as const;
    expect(render({ answer, plan, shown: ['[REC]'] })).toBe('["[REC]",]');
  });

  it('puts remarks behind titles: of a favourite genre, famous, another genre, unknown', () => {
    const text = render({ plan: { remarks: true, lines: [0, 1, 2, 3] } });
    const separator = / - | – |: /;
    expect(text.split('\n').map((line) => line.split(separator))).toEqual([
      ['1. Alien', 'War, like much of your list'],
      ['2. Heat', 'widely known'],
      ["3. Ocean's Eleven", 'Comedy, a change for you'],
      ['4. Ran', 'hard to judge'],
    ]);
  });

  it('greets before and closes after the list', () => {
    const { greetings, closings } = answerPhrases.en;
    const seen = new Set<string>();
    for (let draw = 0; draw < 40; draw++) {
      const [first, list, last] = render({ plan: { greets: true, closes: true }, draw }).split('\n\n');
      expect(greetings).toContain(first);
      expect(list).toMatch(/^1\. Heat/);
      expect(closings).toContain(last);
      seen.add(first!);
    }
    expect(seen.size).toBe(greetings.length);
  });

  it('thinks about as many candidates as it was told to, in one paragraph', () => {
    const [thoughts, list] = render({ plan: { thinks: true } }).split('\n\n');
    expect(thoughts).toMatch(/^Let me think about this\. You have gone through 3 titles, most recently Old Three\./);
    expect(thoughts).toContain('Much of it is Drama and War.');
    for (const title of candidates) expect(thoughts).toContain(title);
    expect(thoughts).not.toMatch(/[\n{}]/);
    expect(list).toMatch(/^1\. Heat/);
    const half = render({ plan: { thinks: true }, deliberation: 0.5 }).split('\n\n')[0]!;
    expect(candidates.filter((title) => half.includes(title))).toEqual(['Alien', 'Heat']);
  });

  it('thinks without a history, and without knowing what is in it', () => {
    expect(render({ plan: { thinks: true }, watched: [] })).toContain('There is no history to go by');
    expect(render({ plan: { thinks: true }, watched: ['New'] })).toContain('I know little about them.');
  });

  it('leaves the list out, politely or in the middle of a thought', () => {
    expect(render({ plan: { lines: [] } })).toBe(answerPhrases.en.refusal);
    expect(render({ plan: { lines: [], thinks: true } })).toMatch(/^Let me think.*\n\nSo the ones/s);
  });

  it('speaks Chinese', () => {
    const text = render({ plan: { thinks: true, greets: true, closes: true }, language: 'zh' });
    expect(text).toMatch(/^让我想一想。你的记录里有3项，最近的是《Old Three》。其中多为Drama和War。/);
    expect(text).toMatch(/\n\n1\. Heat\n2\. Alien\n/);
    expect(render({ plan: { lines: [] }, language: 'zh' })).toMatch(/^抱歉/);
    expect(render({ plan: { remarks: true, lines: [0] }, language: 'zh' })).toMatch(/^1\. Alien.*与你常选的War相近$/);
  });

  it('leaves braces in titles as they are', () => {
    const text = render({ plan: { thinks: true, lines: [0] }, watched: ['{title}'], shown: ['{genre}'] });
    expect(text).toContain('most recently {title}.');
    expect(text).toContain('{genre}');
  });
});
