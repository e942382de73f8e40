import { cleanText, computeDisplayWidth } from '@rppkit/metrics/report';

/**
 * Any text as one line of at most `width` terminal columns, with an ellipsis where something is left out. Nothing in it moves
 * the cursor, whatever the terminal makes of emoji.
 */
export function fitText(text: string, width: number): string {
  // What is shown several times a second is mostly this.
  if (/^[ -~]*$/.test(text)) return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
  // Cut first, so that a text of any length costs the same; no column holds more than a few code units.
  const clean = cleanText(text.slice(0, 1000)).replace(/[\u200C\u200D]/g, '');
  let fitted = '';
  let used = 0;
  const characters = Array.from(clean);
  const whole = characters.every((character) => {
    used += computeSafeWidth(character);
    if (used > width) return false;
    fitted += character;
    return true;
  });
  if (whole && text.length <= 1000) return fitted;
  return `${cutToWidth(fitted, width - 1)}…`;
}

function cutToWidth(text: string, width: number): string {
  let used = 0;
  let cut = '';
  for (const character of text) {
    used += computeSafeWidth(character);
    if (used > width) break;
    cut += character;
  }
  return cut;
}

/** The most columns that a terminal gives a code point: some draw a plain symbol wide where U+FE0F follows it. */
function computeSafeWidth(character: string): number {
  if (character <= '~') return 1;
  if (/\p{M}/u.test(character)) return character === '\uFE0F' ? 1 : 0;
  return computeDisplayWidth(character);
}
