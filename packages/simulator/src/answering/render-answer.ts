import type { RandomStream } from '@rppkit/spec';
import type { PromptReading } from '../reading/read-prompt.ts';
import type { AnswerPlan } from './answer-plan.ts';
import { renderList } from './render-list.ts';
import { createImpressions, renderThoughts } from './render-thoughts.ts';
import type { RankingSituation } from './score-candidates.ts';

export interface RenderAnswerOptions {
  readonly reading: PromptReading;
  readonly situation: RankingSituation;
  readonly genreNames: readonly string[];
  /** Chooses between wordings that mean the same. */
  readonly random: RandomStream;
}

/** The words of an answer, in the language of the prompt. Reasoning is prose: no line of it looks like a line of the list. */
export function renderAnswer(
  plan: AnswerPlan,
  { reading, situation, genreNames, random }: RenderAnswerOptions,
): string {
  const impressions = createImpressions(reading, situation, genreNames);
  const { phrases } = impressions;
  const pick = (wordings: readonly string[]): string => wordings[random.integer(wordings.length)]!;
  const parts: string[] = [];
  if (plan.thinks) parts.push(renderThoughts(reading, impressions, random));
  if (plan.lines.length === 0) {
    parts.push(plan.thinks ? phrases.lostThread : phrases.refusal);
    return parts.join('\n\n');
  }
  if (plan.greets) parts.push(pick(phrases.greetings));
  parts.push(renderList(plan, reading, impressions, random));
  if (plan.closes) parts.push(pick(phrases.closings));
  return parts.join('\n\n');
}
