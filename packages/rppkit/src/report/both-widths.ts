/**
 * A chart drawn twice: `wide` pixels for large screens and paper, 340 for phones. The style sheet shows one of the two.
 * `wide` defaults to 720.
 */
export async function renderBothWidths(draw: (width: number) => Promise<string>, wide = 720): Promise<string> {
  return `<div class="wide">${await draw(wide)}</div><div class="narrow">${await draw(340)}</div>`;
}
