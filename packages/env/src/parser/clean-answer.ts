/** Characters that show nothing: joiners, marks of direction, variation selectors, soft hyphens, byte order marks. */
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+|[\ufe0e-\ufe0f]+/g;
const lineBreak = /\r\n?|[\u0085\u2028\u2029]/g;
/** Full-width digits and signs that structure a list; letters, commas, colons and parentheses stay as they are. */
const wideSign = /[\uff03\uff0e\uff10-\uff19\uff1c-\uff1e\uff3b\uff3d\uff5b-\uff5d]/g;
const struck = /~~[^~\n]{1,200}~~(?=[ \t:：→>-]*[\p{L}\p{N}"“*《])/gu;
const entity = /&(?:(amp|lt|gt|quot|apos|nbsp|ndash|mdash|hellip|middot|bull)|#(\d{2,5})|#x([\da-f]{2,4}));/gi;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  middot: '·',
  bull: '•',
};
const breakingTag =
  /<(?:br|\/?(?:p|div|ol|ul|tr|table|tbody|thead|h[1-6])|\/(?:li|item|movie|film|book|title|entry|game|product))(?: [^<>]{0,100})?\s*\/?>/gi;
/** A break at the end of a line adds none: rows of a table stay together. */
const lastTag = /<br(?: [^<>]{0,100})?\s*\/?>[ \t]{0,20}(?=\n|$)/gi;
const itemTag = /<li(?: [^<>]{0,100})?>/gi;
const cellTag = /<t[dh](?: [^<>]{0,100})?>/gi;
const plainTag =
  /<\/?(?:b|i|u|em|strong|span|code|pre|a|td|th|small|mark|answer|output|ranking|result|item|movie|film|book|title|entry|game|product)(?: [^<>]{0,100})?>/gi;
const any =
  /[\r\u0085\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ue000\ufeff\uff03-\uff5d&<]|~~|\ufe0e|\ufe0f/;

/** Marks text that is the title of a candidate; answers that hold it themselves have it replaced. */
export const mask = '\ue000';

/**
 * An answer without what is noise in every list: one kind of line break, no unseen characters, no HTML, ASCII digits.
 * `keepTags` leaves HTML alone, for candidates whose own titles hold tags.
 */
export function cleanAnswer(text: string, { keepTags }: { readonly keepTags: boolean }): string {
  if (!any.test(text)) return text;
  let clean = text
    .replace(lineBreak, '\n')
    .replace(unseen, '')
    .replaceAll(mask, '\ufffd')
    .replace(wideSign, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  // What is struck out and replaced on its line was taken back.
  if (clean.includes('~~')) clean = clean.replace(struck, '');
  if (clean.includes('&')) clean = clean.replace(entity, decodeEntity);
  if (!keepTags && clean.includes('<')) {
    clean = clean
      .replace(lastTag, '')
      .replace(breakingTag, '\n')
      .replace(itemTag, '- ')
      .replace(cellTag, ' | ')
      .replace(plainTag, '');
  }
  return clean;
}

function decodeEntity(all: string, name?: string, decimal?: string, hexadecimal?: string): string {
  if (name !== undefined) return entities[name.toLowerCase()] ?? all;
  const code = decimal === undefined ? Number.parseInt(hexadecimal!, 16) : Number(decimal);
  // Surrogates and control characters would break more than they tell.
  return code < 32 || (code >= 0xd800 && code < 0xf900) || code > 0xffff ? ' ' : String.fromCharCode(code);
}
