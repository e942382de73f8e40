import { createInteractionLog, type Dataset } from '@rppkit/datasets';
import type { TextMessage } from '@rppkit/spec';
import { createKnowledge, type Knowledge } from '../knowledge/knowledge.ts';

export interface PromptParts {
  readonly role?: string;
  readonly history: readonly string[];
  readonly candidates: readonly string[];
  readonly reasoning?: string;
  readonly format?: string;
}

/** A prompt as the presets compose them. */
export function composeTinyPrompt({
  role,
  history,
  candidates,
  reasoning = 'Order the candidates.',
  format = 'List all titles.',
}: PromptParts): TextMessage[] {
  const text = [
    [
      'These are the movies I watched most recently, the oldest first:',
      ...history.map((title, index) => `${index + 1}. ${title}`),
    ].join('\n'),
    [
      'These are candidate movies for what I watch next:',
      ...candidates.map((title, index) => `[${index + 1}] ${title}`),
    ].join('\n'),
    reasoning,
    format,
  ].join('\n\n');
  return [...(role === undefined ? [] : [{ role: 'system' as const, text: role }]), { role: 'user', text }];
}

/** Ten dramas and ten comedies, half of each famous; the letter tells which. */
export const tinyTitles: readonly string[] = Array.from(
  { length: 20 },
  (_, index) => `${index < 10 ? 'Drama' : 'Comedy'} ${String.fromCharCode(65 + (index % 10))}`,
);

export function isFamous(title: string): boolean {
  return title.charCodeAt(title.length - 1) % 2 === 0;
}

export function createTinyDataset(prefix: string): Dataset {
  const items = tinyTitles.map((title) => ({
    id: `${prefix}${title}`,
    title,
    attributes: { genres: [title.split(' ')[0]!] },
  }));
  const rows = items.flatMap(({ id, title }, index) =>
    Array.from({ length: isFamous(title) ? 30 + index : 1 }, (_, user) => ({ user: `u${user}`, item: id })),
  );
  return { name: 'tiny', order: 'column', log: createInteractionLog(rows, items) };
}

export const tinyKnowledge: Knowledge = createKnowledge(createTinyDataset('a'), { users: 'all' });

const dramas = tinyTitles.slice(0, 10);
const comedies = tinyTitles.slice(10);

/** Six dramas and then two comedies were watched; four of each are to be ranked. */
export const tinyParts: PromptParts = {
  history: [...dramas.slice(0, 6), ...comedies.slice(0, 2)],
  candidates: [6, 7, 8, 9].flatMap((index) => [dramas[index]!, comedies[index]!]),
};

/** Titles in the order of a numbered list, remarks left out; those of no candidate too. */
export function readListedTitles(answer: string, candidates: readonly string[]): string[] {
  return [...answer.matchAll(/^\d+\. (.+)$/gm)].flatMap(([, entry]) => {
    const title = candidates
      .filter((candidate) => entry!.startsWith(candidate))
      .reduce((longest, candidate) => (candidate.length > longest.length ? candidate : longest), '');
    return title === '' ? [] : [title];
  });
}
