import { studentMeanInterval } from '@rppkit/metrics/statistics';
import type { AnswerFigure, AnswerFigures } from './answer-figures.ts';

/** Interval of the mean paired difference of a figure over tasks; both ends 0 where there is no difference at all. */
export function computeDifference(
  asked: readonly AnswerFigures[],
  neutral: readonly AnswerFigures[],
  figure: AnswerFigure,
  level: number,
): { readonly low: number; readonly high: number } {
  const differences = asked
    .map((figures, task) => figures[figure] - neutral[task]![figure])
    .filter((difference) => !Number.isNaN(difference));
  if (differences.every((difference) => difference === 0)) return { low: 0, high: 0 };
  return studentMeanInterval(Float64Array.from(differences), { level });
}
