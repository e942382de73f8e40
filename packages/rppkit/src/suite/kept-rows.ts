import { z } from 'zod';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { nameModel } from './name-model.ts';
import type { RankingRowName } from './ranking-rows.ts';
import { readSuiteFile, removalAdvice } from './read-suite-file.ts';
import type { RowOutcome } from './suite-outcome.ts';

/** A row of one model and seed, with all that decides it beside them and the suite's folder. */
export interface KeptRow {
  /** Of model and seed. */
  readonly path: string;
  readonly row: RankingRowName;
  readonly swaps: number;
  /** Undefined where no model is named. */
  readonly transferFrom: string | undefined;
}

const values = z.array(z.number().nullable());
const schema: z.ZodType<RowOutcome> = z.looseObject({
  ndcg: z.looseObject({ 1: values, 5: values, 10: values }),
  searchCalls: z.number().nullable(),
  callsPerRanking: z.number().nullable(),
  tokensPerRanking: z.number().nullable(),
  invalidShare: z.number().nullable(),
});

/** What a row came to in an earlier command; undefined where it was not measured whole. Throws `UsageError` for a damaged file. */
export function readKeptRow(folder: RunFolder, kept: KeptRow): RowOutcome | undefined {
  const file = nameFile(kept);
  return folder.has(file) ? readSuiteFile(folder, file, schema, removalAdvice) : undefined;
}

/** Keeps a row; one that lost users to failed calls is not kept, so that the same command asks for them again. */
export function keepRow(folder: RunFolder, kept: KeptRow, outcome: RowOutcome): void {
  if (outcome.ndcg[10].includes(null)) return;
  folder.write(nameFile(kept), `${JSON.stringify(outcome)}\n`);
}

function nameFile({ path, row, swaps, transferFrom }: KeptRow): string {
  const detail =
    row === 'rpp-swapped' ? `-${swaps}` : row === 'rpp-transferred' ? `-${nameModel(transferFrom ?? 'none')}` : '';
  return `${path}/rows/${row}${detail}.json`;
}
