import type { CatalogueEntry } from '@rppkit/datasets/node';
import { renderTable } from '@rppkit/metrics/report';

/** The data sets that can be fetched, as a table for the terminal. */
export function renderCatalogue(catalogue: readonly CatalogueEntry[]): string {
  return renderTable({
    columns: ['name', 'data set', 'size', 'commercial use'],
    rows: catalogue.map(({ name, title, bytes, commercialUse }) => [
      name,
      title,
      bytes === undefined ? 'unknown' : `${(bytes / 1e6).toFixed(1)} MB`,
      commercialUse,
    ]),
    alignment: ['left', 'left', 'right', 'left'],
  });
}
