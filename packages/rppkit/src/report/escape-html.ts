const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters other than tab and line break: they can drive terminals and hide text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this finds.
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
/** Marks that change the direction of the text after them. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const loneSurrogates = /\p{Surrogate}/gu;

/**
 * Makes invisible characters visible: control characters and direction marks become `[U+001B]`, halves of a surrogate
 * pair become U+FFFD, Windows line ends become `\n`. Markup is left as it is; `escapeHtml` deals with that.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(controlCharacters, nameCodePoint)
    .replace(directionMarks, nameCodePoint)
    .replace(loneSurrogates, '\ufffd');
}

/** Cuts a text to `limit` characters (code points, at least 1) and then says how long it was. */
export function cutText(text: string, limit: number): string {
  const characters = [...text];
  if (characters.length <= limit) return text;
  return `${characters.slice(0, limit).join('')}… [cut from ${characters.length.toLocaleString('en-US')} characters]`;
}

/** Cleans a text and escapes it for HTML content and for attribute values in either kind of quotes. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => entities[character]!);
}

/** Third-party text as inline HTML: cut (default 140 characters), escaped, and isolated from the text direction around it. */
export function renderForeignText(text: string, limit = 140): string {
  return `<bdi>${escapeHtml(cutText(text, limit))}</bdi>`;
}

function nameCodePoint(character: string): string {
  return `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`;
}
