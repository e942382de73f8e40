/**
 * A rough token count from text alone, for providers that report none: four ASCII characters or one other character a
 * token, rounded up. Always marked as estimated where it is used.
 */
export function estimateTokens(text: string): number {
  let quarters = 0;
  for (let index = 0; index < text.length; index++) quarters += text.charCodeAt(index) < 128 ? 1 : 4;
  return Math.ceil(quarters / 4);
}
