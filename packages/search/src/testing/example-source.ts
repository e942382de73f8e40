import { computeRankingsScore } from '@rppkit/env';
import {
  createPatternSpace,
  encodeJointAction,
  type JointAction,
  legalizeJointAction,
  movies,
  type PatternSpace,
} from '@rppkit/patterns';
import { createRandomStream, type JudgedTask } from '@rppkit/spec';
import type { AnswerSource, PromptTrial } from '../answers/answer-source.ts';

/** Number 5 of the eight joint actions: the longer window and the second of four reasonings. */
export const bestPrompt: JointAction = [1, 1, 0];

/** Numbers of joint actions, the best one among them, as a table of a sample of the space has. */
export const sampledActions: Int32Array = Int32Array.of(1, 3, 5, 6);

const space: PatternSpace = createPatternSpace({
  domain: movies,
  patterns: [
    {
      name: 'history',
      section: 'history',
      expressions: [1, 3].map((window) => ({ id: `w${window}`, perspective: '', template: 'Seen:', window })),
    },
    {
      name: 'reasoning',
      section: 'reasoning',
      expressions: ['plain', 'best', 'slow', 'poor'].map((id) => ({ id, perspective: '', template: `Be ${id}.` })),
    },
    {
      name: 'format',
      section: 'format',
      expressions: [{ id: 'indices', perspective: '', template: 'Indices.', answer: 'indices' }],
    },
  ],
});

const candidates = 5;
const genres = ['Comedy', 'Drama', 'Horror'];

/** Forty people with two to six films each, every sixteenth with fewer than the longer window. */
const tasks: readonly JudgedTask[] = Array.from({ length: 40 }, (_, user) => {
  const relevant = createRandomStream('relevant').split(user).integer(candidates);
  return {
    task: {
      id: `task ${user}`,
      user: `user ${user}`,
      history: Array.from({ length: user % 16 === 15 ? 2 : 3 + (user % 4) }, (_, place) => ({
        item: {
          id: `h${user}-${place}`,
          title: `Seen ${user}x${place}`,
          attributes: { genres: [genres[(user + place) % 3]!] },
        },
      })),
      candidates: Array.from({ length: candidates }, (_, item) => ({ id: `c${item}`, title: `Film ${item}` })),
    },
    relevance: new Map([[`c${relevant}`, 1]]),
  };
});

/** The probability that the relevant item comes first; it comes last else. */
function computeChance(choice: JointAction): number {
  return 0.15 + (choice[0] === bestPrompt[0] ? 0.3 : 0) + (choice[1] === bestPrompt[1] ? 0.5 : 0);
}

/**
 * A source for conformance tests: eight prompts, 40 tasks, two candidate orders, and one prompt that is far better than all
 * others for everybody whose history is long enough for it. Answers depend on the trial alone.
 */
export function createExampleSource(): AnswerSource {
  const judge: AnswerSource['judge'] = (task, rankings) => computeRankingsScore(tasks[task]!, rankings);
  const answer = ({ task, choice, orderIndex = 0, sampleIndex = 0 }: PromptTrial): Int32Array => {
    const { task: plain, relevance } = tasks[task]!;
    const legal = legalizeJointAction(space, choice, plain);
    const name = [task, encodeJointAction(space, legal), orderIndex, sampleIndex].join(' ');
    const relevant = plain.candidates.findIndex(({ id }) => relevance.has(id));
    const others = [...plain.candidates.keys()].filter((item) => item !== relevant);
    const first = createRandomStream(name).uniform() < computeChance(legal);
    return Int32Array.from(first ? [relevant, ...others] : [...others, relevant]);
  };
  return {
    tasks,
    space,
    candidateOrders: 2,
    judge,
    async ask(trials, { signal } = {}) {
      signal?.throwIfAborted();
      const rankings = trials.map(answer);
      return {
        rankings,
        rewards: Float64Array.from(rankings, (ranking, index) => judge(trials[index]!.task, [ranking])),
        tokens: new Float64Array(trials.length).fill(100),
      };
    },
  };
}
