import type { PromptReading } from '../reading/read-prompt.ts';
import type { AnswerPlan } from './answer-plan.ts';
import type { RankingSituation } from './score-candidates.ts';

const greeting = 'Sure! Here is the order:';
const refusal = 'I am sorry, but I cannot rank these without knowing more about you.';
const lostThread = 'So the ones that share the most with these are the better choices for you.';

/** The words of an answer. Reasoning is prose: no line of it looks like a line of the list. */
export function renderAnswer(
  { thinks, greets, lines }: AnswerPlan,
  { history, candidates, labels, guidance }: PromptReading,
  situation: RankingSituation,
  genreNames: readonly string[],
): string {
  const parts: string[] = [];
  if (thinks) parts.push(renderThoughts(history, situation, genreNames));
  if (lines.length === 0) {
    parts.push(thinks ? lostThread : refusal);
    return parts.join('\n\n');
  }
  if (greets) parts.push(greeting);
  parts.push(
    guidance.answer.shape === 'line'
      ? lines.map((line) => `[${labels[line]!}]`).join(' > ')
      : lines.map((line, place) => `${place + 1}. ${line < 0 ? history[~line]! : candidates[line]!}`).join('\n'),
  );
  return parts.join('\n\n');
}

function renderThoughts(
  titles: readonly string[],
  { history }: RankingSituation,
  genreNames: readonly string[],
): string {
  const newest = titles.at(-1);
  if (newest === undefined) return 'There is no history to go by, so I look at the candidates themselves.';
  const counts = new Map<number, number>();
  for (const item of history) for (const genre of item?.genres ?? []) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  const favourites = [...counts]
    .sort((left, right) => right[1] - left[1] || left[0] - right[0])
    .slice(0, 2)
    .map(([genre]) => genreNames[genre]!);
  const seen = `You have gone through ${titles.length} titles, most recently ${newest}.`;
  const taste = favourites.length === 0 ? 'I know little about them.' : `Much of it is ${favourites.join(' and ')}.`;
  return `Let me think about this. ${seen} ${taste} I compare each candidate with that before I put them in order.`;
}
