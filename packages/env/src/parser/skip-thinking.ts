const names = ['think', 'thinking', 'thought', 'reasoning', 'analysis', 'reflection', 'scratchpad'];
const opened = new RegExp(
  `<(?:${names.join('|')})\\b[^<>\\n]{0,80}>|<\\|channel\\|>\\s*(?:analysis|commentary)|◁think▷`,
  'i',
);
const closings = [...names.map((name) => `</${name}>`), '◁/think▷'];
const final = /<\|channel\|>\s*final[^<]{0,40}(?:<\|message\|>)?/gi;

/** Where the answer after its thinking stands, and whether it breaks off inside a thought. */
export function skipThinking(text: string): { readonly from: number; readonly to: number; readonly unclosed: boolean } {
  if (!text.includes('<') && !text.includes('◁')) return { from: 0, to: text.length, unclosed: false };
  const lower = text.toLowerCase();
  let from = 0;
  for (const closing of closings) {
    const at = lower.lastIndexOf(closing);
    if (at >= 0) from = Math.max(from, at + closing.length);
  }
  if (lower.includes('<|channel|>'))
    for (const match of text.matchAll(final)) from = Math.max(from, match.index + match[0].length);
  const open = opened.exec(text.slice(from));
  return open === null ? { from, to: text.length, unclosed: false } : { from, to: from + open.index, unclosed: true };
}
