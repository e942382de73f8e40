import { fitHistoryStatistics } from '@rppkit/env';
import { createPopularity, createTaskInteractions } from '@rppkit/recommenders';
import {
  type Bounds,
  computeBounds,
  computeEffects,
  computeTableHeadroom,
  createTableSource,
  type PatternEffects,
  type ResponseTable,
  readRewardCube,
  type TableHeadroom,
} from '@rppkit/search';
import { readResponseTable } from '@rppkit/search/node';
import { createRandomStream } from '@rppkit/spec';
import { loadData } from '../data/load-data.ts';
import { prepareTasks } from '../experiment/prepare-tasks.ts';
import type { Estimate } from '../experiment/results.ts';
import { readUserHash } from '../run-folder/user-redaction.ts';
import { UsageError } from '../usage-error.ts';
import { describeExtent } from './describe-extent.ts';
import { assertSameFiles, getRecordPath, getSaltPath, readTableRecord, type TableRecord } from './table-record.ts';
import { drawTableTasks } from './table-tasks.ts';

/** What a replay of a response table found. */
export interface TableReplay {
  readonly schemaVersion: 1;
  readonly table: {
    readonly path: string;
    readonly data: string;
    readonly model: string;
    readonly seed: number;
    readonly tasks: number;
    /** Joint actions. */
    readonly prompts: number;
    readonly orders: number;
    readonly draws: number;
    readonly redacted: boolean;
  } & Pick<ResponseTable['manifest'], 'entries' | 'answers' | 'inputTokens' | 'outputTokens'>;
  /** Users whom every row has a value for. */
  readonly users: number;
  readonly lostUsers: number;
  /** Bounds and controls, the mean reward (NDCG@10) of the same users. */
  readonly bounds: readonly {
    readonly id: string;
    readonly label: string;
    readonly ceiling: boolean;
    readonly callsPerRanking: number;
    readonly ndcg: Estimate;
    readonly overBestFixed: Estimate;
  }[];
  readonly headroom: Pick<TableHeadroom, 'mean' | 'low' | 'high' | 'verdict' | 'margin' | 'moreUsers' | 'moreCalls'> & {
    /** Of the interaction test. */
    readonly p: number;
    readonly patterns: TableHeadroom['interaction']['patterns'];
    /** The headroom that the test sees with probability .8; null where none would show, however large. */
    readonly detectable: number | null;
  };
  readonly effects: readonly PatternEffects[];
}

export interface ReplayTableOptions {
  /** Share of users that failed calls may cost, in [0, 1]. */
  readonly allowedLoss: number;
  readonly signal: AbortSignal;
  /** Receives one line of text at a time. */
  readonly log: (line: string) => void;
}

/** Calls of the equal-cost ensembles, where the table has as many draws. */
const mostEnsembleCalls = 4;

/**
 * Judges the table at `path`, without a model. Rejects with `UsageError` where the record or the data are missing or changed, and with
 * `ResponseTableError` for a table that cannot be read.
 */
export async function replayTable(
  path: string,
  { allowedLoss, signal, log }: ReplayTableOptions,
): Promise<TableReplay> {
  const table = await readResponseTable(path);
  const record = readTableRecord(path);
  if (record === undefined) {
    throw new UsageError(
      `Expected ${getRecordPath(path)} beside the table, received none: it says of which data the table is. Restore it, or record a new table.`,
    );
  }
  const { config } = record;
  const { dataset, checksums } = await loadData(config.data, config.seed);
  assertSameFiles(path, record, checksums);
  const random = createRandomStream(config.seed);
  const { train } = prepareTasks(dataset, config, random.split('tasks'));
  const hashUser = record.redacted ? readUserHash(getSaltPath(path)) : undefined;
  const { tasks: count } = record;
  const judged = drawTableTasks(train, { tasks: count, random: random.split('table'), hashUser });
  log(
    `Table: ${describeExtent(table.manifest)}, ${table.manifest.answers.toLocaleString('en-US')} answers of ${table.manifest.model}`,
  );
  const cube = await readRewardCube(createTableSource(table, { tasks: judged }), {
    draws: table.manifest.draws,
    signal,
  });
  const encoders = [fitHistoryStatistics(train.map(({ task }) => task))];
  const learned = createTaskInteractions(dataset, { tasks: train.map(({ task }) => task) });
  const popularity = await createPopularity().fit(learned, { seed: config.seed });
  const replayed = random.split('replay');
  const ensembleCalls = Math.min(mostEnsembleCalls, cube.draws);
  const bounds = await computeBounds(cube, {
    encoders,
    scorers: [popularity],
    ...(ensembleCalls >= 2 && { ensembleCalls }),
    allowedLoss,
    // The same folds as those of the headroom, so that both say the same of the context oracle.
    random: replayed,
    signal,
  });
  const headroom = await computeTableHeadroom(cube, {
    encoders,
    allowedLoss,
    random: replayed,
    signal,
  });
  const [overall] = computeEffects(cube, { random: replayed.split('effects') });
  return {
    schemaVersion: 1,
    table: describeTable(path, { table, record, data: dataset.name }),
    ...describeBounds(bounds),
    headroom: describeHeadroom(headroom),
    effects: overall!.patterns,
  };
}

function describeTable(
  path: string,
  { table, record, data }: { readonly table: ResponseTable; readonly record: TableRecord; readonly data: string },
): TableReplay['table'] {
  const { model, tasks, actions, orders, draws, entries, answers, inputTokens, outputTokens } = table.manifest;
  const { redacted, config } = record;
  const extent = { tasks: tasks.length, prompts: actions.length, orders, draws };
  return { path, data, model, seed: config.seed, ...extent, redacted, entries, answers, inputTokens, outputTokens };
}

function describeBounds({ users, lostUsers, rows }: Bounds): Pick<TableReplay, 'users' | 'lostUsers' | 'bounds'> {
  const pick = ({ mean, low, high }: Estimate): Estimate => ({ mean, low, high });
  return {
    users: users.length,
    lostUsers,
    bounds: rows.map(({ id, label, ceiling, callsPerRanking, interval, overBestFixed }) => ({
      id,
      label,
      ceiling,
      callsPerRanking,
      ndcg: pick(interval),
      overBestFixed: pick(overBestFixed),
    })),
  };
}

function describeHeadroom({ interaction, detectable, ...headroom }: TableHeadroom): TableReplay['headroom'] {
  const { mean, low, high, verdict, margin, moreUsers, moreCalls } = headroom;
  return {
    verdict,
    mean,
    low,
    high,
    margin,
    p: interaction.p,
    patterns: interaction.patterns,
    detectable: Number.isFinite(detectable) ? detectable : null,
    ...(moreUsers !== undefined && { moreUsers }),
    ...(moreCalls !== undefined && { moreCalls }),
  };
}
