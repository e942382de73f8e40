import type { Comparison } from './comparison.ts';

/**
 * A comparison as JSON with all digits and settings. An infinite effect size is `null`. `<`, the line separators
 * U+2028 and U+2029 and invisible format characters are written as escapes, so that the text may stand inside an HTML
 * script element and shows what it holds.
 */
export function renderComparisonJson(comparison: Comparison): string {
  return JSON.stringify(comparison, null, 2).replace(/(?![\u200C\u200D])[<\u007F-\u009F\u2028\u2029\p{Cf}]/gu, (sign) =>
    Array.from({ length: sign.length }, (_, unit) => `\\u${sign.charCodeAt(unit).toString(16).padStart(4, '0')}`).join(
      '',
    ),
  );
}
