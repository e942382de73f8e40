/** The simulated model's tokens: four ASCII characters or one other character each, rounded up. */
export function countTokens(text: string): number {
  let quarters = 0;
  for (let index = 0; index < text.length; index++) quarters += text.charCodeAt(index) < 128 ? 1 : 4;
  return Math.ceil(quarters / 4);
}
