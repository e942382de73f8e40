import type { RankingAnswer } from '@rppkit/env';

/** Counts answers without a usable ranking by the reason that the parser gives. */
export interface AnswerCounter {
  count(answer: RankingAnswer): void;
  invalid(): Readonly<Record<string, number>>;
}

/** A counter at zero. */
export function createAnswerCounter(): AnswerCounter {
  const invalid: Record<string, number> = {};
  return {
    count(answer) {
      if (answer.outcome === 'failed' || answer.parsed.kind !== 'invalid') return;
      const { reason } = answer.parsed;
      invalid[reason] = (invalid[reason] ?? 0) + 1;
    },
    invalid: () => ({ ...invalid }),
  };
}
