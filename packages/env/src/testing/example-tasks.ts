import { createPatternSpace, defaultPatterns, movies, type PatternSpace } from '@rppkit/patterns';
import type { JudgedTask, TextRequest } from '@rppkit/spec';

/** All default patterns for movies. */
export const exampleSpace: PatternSpace = createPatternSpace({ domain: movies, patterns: defaultPatterns });

/** Task number `index`, whose titles no other task has; the relevant item is candidate `index` mod their number. */
export function createExampleTask(
  index: number,
  { history = 6, candidates = 10 }: { readonly history?: number; readonly candidates?: number } = {},
): JudgedTask {
  const genres = ['Comedy', 'Drama', 'Horror'];
  const items = Array.from({ length: candidates }, (_, place) => ({
    id: `c${index}-${place}`,
    title: `Candidate ${index}x${place} (1999)`,
  }));
  return {
    task: {
      id: `task-${index}`,
      user: `user-${index}`,
      history: Array.from({ length: history }, (_, place) => ({
        item: {
          id: `h${index}-${place}`,
          title: `Seen ${index}x${place} (1980)`,
          attributes: { genres: [genres[(index + place) % 3]!] },
        },
        rating: 1 + ((index + place) % 5),
      })),
      candidates: items,
    },
    relevance: new Map([[items[index % candidates]!.id, 1]]),
  };
}

/** Example tasks 0 … count-1. */
export function createExampleTasks(count: number): readonly JudgedTask[] {
  return Array.from({ length: count }, (_, index) => createExampleTask(index));
}

/** The candidate titles that a prompt lists, in the order shown. */
export function readShownTitles({ messages }: TextRequest): readonly string[] {
  return [...messages.at(-1)!.text.matchAll(/^\[\d+\] (.*)$/gm)].map((match) => match[1]!);
}

/** A numbered list, the best first. */
export function renderAnswer(titles: readonly string[]): string {
  return titles.map((title, index) => `${index + 1}. ${title}`).join('\n');
}
