/** The pieces in which a text is streamed: eight characters each, no surrogate pair torn apart. */
export function splitText(text: string): readonly string[] {
  return text.match(/.{1,8}/gsu) ?? [];
}
