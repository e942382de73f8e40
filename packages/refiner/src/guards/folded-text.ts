/** Stands for a slot without forms in texts that guards read. */
export const slotMark = '□';

/** Guards that read sentences read no more than this, in UTF-16 code units; no rewrite may be longer. */
export const longestText = 10_000;

const written = /\{\{|\}\}|\{([^{}]*)\}/g;
const slotName = /^\w+$/;

/**
 * A template as its two readers see it, where numbers are one and where they are not: of a slot with forms its words, of any
 * other slot `slotMark`. Braces that do not match stay as they are; `keep-slots` speaks of them.
 */
export function renderForms(template: string): readonly [one: string, other: string] {
  const text = template.slice(0, longestText);
  const render = (form: number): string =>
    text.replaceAll(written, (whole, content: string | undefined) => {
      if (content === undefined) return whole[0]!;
      const colon = content.indexOf(':');
      if (colon < 0) return slotName.test(content) ? slotMark : whole;
      return (content.slice(colon + 1).split('|')[form] ?? '').replaceAll('#', slotMark);
    });
  return [render(0), render(1)];
}

/**
 * Small letters, full width as half width, one kind of apostrophe, without characters that nobody sees; no more than 20,000
 * code units.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .slice(0, 2 * longestText)
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02bc\u2032´]/g, "'")
    .replaceAll(/\p{Cf}|\u034f|\u115f|\u1160|\u3164|\p{Variation_Selector}/gu, '')
    .replaceAll(/[^\S\n]/g, ' ');
}

/** What is shown of a text in a detail: its beginning, on one line. */
export function showText(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
