/**
 * A text without what turns, hides or breaks lines: control characters, line and paragraph separators, and invisible
 * format characters such as those that reverse the direction of writing, each run as one blank. The joiners U+200C and
 * U+200D stay, because words of some scripts and emoji need them.
 */
export function cleanText(text: string): string {
  return text.replace(/(?:(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}])+/gu, ' ');
}
