import type { RunFolder } from '../run-folder/run-folder.ts';
import type { RankingRowName } from './ranking-rows.ts';
import type { RowOutcome } from './suite-outcome.ts';

/** What a row came to in an earlier command; undefined where it was not measured whole. `path` is that of model and seed. */
export function readKeptRow(folder: RunFolder, path: string, row: RankingRowName): RowOutcome | undefined {
  const file = nameFile(path, row);
  return folder.has(file) ? (folder.readJson(file) as RowOutcome) : undefined;
}

/** Keeps a row; one that lost users to failed calls is not kept, so that the same command asks for them again. */
export function keepRow(folder: RunFolder, path: string, row: RankingRowName, outcome: RowOutcome): void {
  if (outcome.ndcg[10].includes(null)) return;
  folder.write(nameFile(path, row), `${JSON.stringify(outcome)}\n`);
}

const nameFile = (path: string, row: RankingRowName): string => `${path}/rows/${row}.json`;
