import { fromFunction, type RankingAnswer } from '@rppkit/env';
import { createPatternSpace, movies, referencePatterns } from '@rppkit/patterns';
import { type JudgedTask, type TextModel, TextModelError } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { type PlayRoundsOptions, playRounds } from './play-rounds.ts';

const space = createPatternSpace({ domain: movies, patterns: referencePatterns });
/** Two more items in every round. */
const choice = [0, 2, 0, 0];
const history = Array.from({ length: 20 }, (_, index) => ({ item: { id: `w${index}`, title: `Film ${index}` } }));
const candidates = ['Heat', 'Alien', 'Fargo'].map((title) => ({ id: title, title }));
const report = ['ann', 'ben'].map(
  (user): JudgedTask => ({
    task: { id: user, user, history: user === 'ann' ? history : history.toReversed(), candidates },
    relevance: new Map([['Alien', 1]]),
  }),
);

/** Alien is third, second, first. */
const orders = ['1. Heat\n2. Fargo\n3. Alien', '1. Heat\n2. Alien\n3. Fargo', '1. Alien\n2. Heat\n3. Fargo'];
const inTurn = fromFunction({ id: 'in turn', answer: async ({ sampleIndex }) => orders[sampleIndex]! });

function play(options: Partial<PlayRoundsOptions> = {}): ReturnType<typeof playRounds> {
  const { signal } = new AbortController();
  const usual = { report, model: inTurn, concurrency: 2, signal, space, rounds: 3, choose: () => choice };
  return playRounds({ ...usual, onAnswer: () => {}, ...options });
}

it('plays every round as a draw of its own, with windows that grow, and judges the last', async () => {
  const windows: number[][] = [[], []];
  const { ndcg, answered, played } = await play({ onAnswer: ({ prompt }, task) => windows[task]!.push(prompt.window) });
  expect(windows).toEqual(report.map(() => [3, 5, 7]));
  expect([...ndcg.get(1)!]).toEqual([1, 1]);
  expect([...answered]).toEqual([1, 1]);
  expect(played.map((rounds) => rounds.length)).toEqual([3, 3]);
});

it('puts all answers into one ranking where that is judged, a first one that is there included', async () => {
  const answers: RankingAnswer[] = [];
  await play({
    rounds: 1,
    onAnswer(answer, task) {
      answers[task] = answer;
    },
  });
  let asked = 0;
  const { ndcg, tokens } = await play({
    judge: 'aggregate',
    first: answers.map((answer) => ({ choice, answer })),
    onAnswer: () => asked++,
  });
  expect(asked).toBe(4);
  // Places of Heat 1 + 1 + 2, of Alien 3 + 2 + 1, of Fargo 2 + 3 + 3.
  expect(ndcg.get(5)![0]).toBeCloseTo(1 / Math.log2(3), 12);
  expect(tokens).toBe((await play()).tokens);
});

it('loses a user whose call fails or who has no prompt, and asks no more of them', async () => {
  const asked: string[] = [];
  const model: TextModel = {
    id: 'failing',
    async generate(request) {
      const user = request.messages.some(({ text }) => text.includes('Film 19')) ? 'ann' : 'ben';
      asked.push(user);
      if (request.sampleIndex === 1 && user === 'ann') throw new TextModelError('server', 'Down.');
      return inTurn.generate(request);
    },
  };
  const { ndcg, answered, played, failures } = await play({ model });
  expect(asked.toSorted()).toEqual(['ann', 'ann', 'ben', 'ben', 'ben']);
  expect([...ndcg.get(10)!]).toEqual([Number.NaN, 1]);
  expect([...answered]).toEqual([0, 1]);
  expect([...failures]).toEqual([['server', 1]]);
  // Who is handed the prompts of that user is lost with them.
  const handed = await play({ choose: (task, { length }) => played[1 - task]![length]?.choice });
  expect([...handed.answered]).toEqual([1, 0]);
});
