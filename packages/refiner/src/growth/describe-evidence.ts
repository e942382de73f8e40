import type { Evidence } from '../rewriting/refinement.ts';
import type { Arm } from './lineage.ts';
import type { PlayedRound } from './played-rounds.ts';

/** Longest part of an answer that is shown, in characters. */
const shownCharacters = 200;

/**
 * What is known of an expression without labels: how its answers could be read and how long they were, and the latest one
 * that could not be read whole. Scores stay out of it.
 */
export function describeEvidence(
  { complete, partial, invalid, foreign, outputTokens }: Arm,
  rounds: readonly PlayedRound[],
  language: 'en' | 'zh',
): Evidence {
  const answers = complete + partial + invalid;
  if (answers === 0) return { facts: [] };
  const tokens = Math.round(outputTokens / answers);
  const facts =
    language === 'en'
      ? [
          `Of ${answers} answers to prompts with this sentence, ${complete} could be read whole, ${partial} in part and ${invalid} not at all.`,
          ...(foreign === 0 ? [] : [`${foreign} of them named something that was not among the candidates.`]),
          `They were ${tokens} tokens long on average.`,
        ]
      : [
          `带有这句话的提示词得到了 ${answers} 个回答，其中 ${complete} 个可以完整读取，${partial} 个只能读取一部分，${invalid} 个无法读取。`,
          ...(foreign === 0 ? [] : [`其中 ${foreign} 个写出了候选之外的内容。`]),
          `回答平均长 ${tokens} 个词元。`,
        ];
  const example = findUnreadable(rounds);
  return { facts, ...(example === undefined ? {} : { examples: [example] }) };
}

function findUnreadable(rounds: readonly PlayedRound[]): string | undefined {
  const answers = rounds.flatMap(({ info }) => info.asked.map(({ answer }) => answer));
  const found = answers.findLast((answer) => answer.outcome === 'answered' && answer.parsed.kind !== 'complete');
  if (found === undefined || found.outcome === 'failed' || found.raw.trim() === '') return undefined;
  return found.raw.slice(0, shownCharacters);
}
