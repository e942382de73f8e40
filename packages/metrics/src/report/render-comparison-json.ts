import type { Comparison } from './comparison.ts';

/**
 * A comparison as JSON with all digits and settings. An infinite effect size is `null`. `<` and the line separators
 * U+2028 and U+2029 are written as escapes, so that the text may stand inside an HTML script element.
 */
export function renderComparisonJson(comparison: Comparison): string {
  return JSON.stringify(comparison, null, 2).replace(
    /[<\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
