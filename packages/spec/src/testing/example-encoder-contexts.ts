import type { EncoderContext } from '../encoder.ts';
import type { Item, RankingTask } from '../ranking-task.ts';

const films: readonly Item[] = [
  { id: 'alien', title: 'Alien (1979)', attributes: { genres: ['Horror', 'Science fiction'], year: '1979' } },
  { id: 'heat', title: 'Heat (1995)', attributes: { genres: ['Crime', 'Drama'], year: '1995' } },
  { id: 'fargo', title: 'Fargo (1996)', attributes: { genres: ['Crime', 'Comedy'], year: '1996' } },
  { id: 'clueless', title: 'Clueless (1995)', attributes: { genres: ['Comedy'] } },
  { id: 'amelie', title: 'Le Fabuleux Destin d’Amélie Poulain' },
  { id: 'chunking', title: '重庆森林 (1994)', attributes: { genres: ['Romance'], country: '香港' } },
];

function createTask(user: string, history: readonly number[], candidates: readonly number[]): RankingTask {
  return {
    id: `task of ${user}`,
    user,
    history: history.map((film, place) => ({
      item: films[film]!,
      ...(place % 2 === 0 ? { rating: 1 + (film % 5), time: 1_000_000 + 3600 * place } : {}),
    })),
    candidates: candidates.map((film) => films[film]!),
  };
}

const long = createTask('ada', [0, 1, 2, 0, 3, 5, 4], [1, 2, 3]);
const short = createTask('ben', [3], [0, 4, 5, 1]);
const middle = createTask('chi', [5, 4, 2], [3, 0]);

/** Six contexts of three tasks: first rounds, and later ones after answers of every status. */
export const exampleEncoderContexts: readonly EncoderContext[] = [
  { task: long, round: 0, rounds: 3 },
  {
    task: long,
    round: 1,
    rounds: 3,
    last: {
      choice: [0, 0, 0, 0],
      prompt: 'Rank: 1. Heat 2. Fargo 3. Clueless',
      status: 'complete',
      ranking: Int32Array.of(2, 0, 1),
    },
  },
  { task: short, round: 0, rounds: 1 },
  {
    task: short,
    round: 2,
    rounds: 3,
    last: {
      choice: [0, 0, 0, 0],
      prompt: '请排序：1. 异形 2. 重庆森林',
      status: 'partial',
      ranking: Int32Array.of(3, 1),
    },
  },
  {
    task: middle,
    round: 1,
    rounds: 2,
    last: {
      choice: [0, 0, 0, 0],
      prompt: 'Rank: 1. Clueless 2. Alien',
      status: 'invalid',
      ranking: new Int32Array(0),
    },
  },
  {
    task: middle,
    round: 1,
    rounds: 3,
    last: {
      choice: [0, 0, 0, 0],
      prompt: 'Rank: 1. Clueless 2. Alien',
      status: 'failed',
      ranking: new Int32Array(0),
    },
  },
];

/** Users and items that no encoder was fitted on; the first has no history. */
export const newUserContexts: readonly EncoderContext[] = [
  {
    task: {
      id: 'task of a stranger',
      user: 'a stranger',
      history: [],
      candidates: [{ id: 'never seen before', title: '' }],
    },
    round: 0,
    rounds: 1,
  },
  {
    task: {
      id: 'task of another stranger',
      user: '__proto__',
      history: [
        {
          item: { id: 'constructor', title: '未知 “unknown” 🎬', attributes: { genres: [], mood: '' } },
          rating: 1e6,
          time: 0,
        },
      ],
      candidates: [
        { id: '', title: '…' },
        { id: 'toString', title: 'Unseen' },
      ],
    },
    round: 0,
    rounds: 2,
  },
];
