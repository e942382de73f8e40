import { entryStatuses, type ResponseTable, type ResponseTableManifest } from './response-table.ts';

/** The entries of a table by outcome. */
export function countEntries({ statuses }: Pick<ResponseTable, 'statuses'>): ResponseTableManifest['entries'] {
  const byCode = new Float64Array(entryStatuses.length);
  for (const code of statuses) byCode[code]!++;
  const sum = (prefix: string): number =>
    entryStatuses.reduce((total, status, code) => (status.startsWith(prefix) ? total + byCode[code]! : total), 0);
  return {
    ranked: sum('ranked'),
    invalid: sum('invalid:'),
    refused: sum('refused:'),
    failed: sum('failed:'),
    notAsked: sum('not-asked'),
  };
}
