/** Widths in pixels of the two drawings of a chart: for screens from 720 px and paper, and for phones. */
export const chartWidths = { wide: 720, narrow: 340 } as const;

/** A chart drawn for both widths (style sheets show one) with a caption, which is HTML. */
export async function renderFigure(caption: string, draw: (width: number) => Promise<string>): Promise<string> {
  const wide = await draw(chartWidths.wide);
  const narrow = await draw(chartWidths.narrow);
  return `<figure><div class="wide">${wide}</div><div class="narrow">${narrow}</div><figcaption>${caption}</figcaption></figure>`;
}
