import { computeJointActionCount, estimateTokens, renderItemTitle } from '@rppkit/patterns';
import { planResponseTable, type ResponseTable, type TableExtent } from '@rppkit/search';
import { recordResponseTableFile } from '@rppkit/search/node';

import { type RandomStream, type RankingTask, TextModelError } from '@rppkit/spec';
import { assertOneRound } from '../experiment/assert-one-round.ts';

import { describeEstimate, type RunEstimate } from '../experiment/estimate-run.ts';
import { type PreparedExperiment, prepareExperiment } from '../experiment/prepare-experiment.ts';
import type { RunOptions } from '../experiment/run-options.ts';
import { announceWait } from '../models/announce-wait.ts';
import { ensureSalt, readUserHash } from '../run-folder/user-redaction.ts';
import { InterruptedError, UsageError } from '../usage-error.ts';
import { countRecorded } from './count-recorded.ts';
import { lockTable } from './lock-table.ts';
import { createTableModel } from './table-model.ts';
import { assertSameRecord, getSaltPath, readTableRecord, type TableRecord, writeTableRecord } from './table-record.ts';
import { drawTableTasks } from './table-tasks.ts';

export interface RecordTableOptions
  extends Pick<RunOptions, 'config' | 'command' | 'log' | 'progress' | 'signal' | 'limits' | 'confirm'>,
    Pick<TableRecord, 'tasks' | 'prompts' | 'orders' | 'draws' | 'redacted'> {
  /** Path of the table. */
  readonly out: string;
}

/**
 * Records a response table, or goes on with the same recording: what its file and its journal hold is not asked again. Where Ctrl-C, a
 * limit or a call ends it, the answers under way are kept first. Rejects with `InterruptedError` at Ctrl-C and at a limit, with
 * `UsageError` where the file is of another recording, and with `ResponseTableError` where it is damaged or cannot be written.
 */
export async function recordTable(options: RecordTableOptions): Promise<ResponseTable> {
  const { config, out, log } = options;
  assertOneRound(config, 'rppkit table record');
  const prepared = await prepareExperiment(config, { log });
  const most = computeJointActionCount(prepared.space);
  const { prompts, orders, draws, redacted } = options;
  if (prompts !== 'all' && prompts > most) {
    throw new UsageError(`Expected --prompts to be at most ${most}, received ${prompts}. Pass all for all of them.`);
  }
  const record: TableRecord = {
    schemaVersion: 1,
    config,
    tasks: Math.min(options.tasks, prepared.tasks.train.length),
    prompts,
    orders,
    draws,
    redacted,
    checksums: prepared.data.checksums,
  };
  const release = lockTable(out);
  try {
    const before = readTableRecord(out);
    if (before !== undefined) assertSameRecord(out, before, record);
    else if (redacted) ensureSalt(getSaltPath(out));
    return await askTable(options, prepared, record);
  } finally {
    release();
  }
}

async function askTable(
  options: RecordTableOptions,
  prepared: PreparedExperiment,
  record: TableRecord,
): Promise<ResponseTable> {
  const { config, out, command, log, progress, signal, limits } = options;
  const { space, ranker } = prepared;
  const random = prepared.random.split('table');
  const hashUser = record.redacted ? readUserHash(getSaltPath(out)) : undefined;
  const judged = drawTableTasks(prepared.tasks.train, { tasks: record.tasks, random, hashUser });
  const tasks = judged.map(({ task }) => task);
  const calls = await confirmCost(options, prepared, { tasks, extent: getExtent(record, random) });
  writeTableRecord(out, record);
  const { concurrency } = config;
  const announce = (): void => announceWait({ log, progress, underWay: underWay(), interrupted: signal.aborted });
  const { model, end, findEnd, underWay } = createTableModel(ranker, {
    ...{ concurrency, limits, random: random.split('retries') },
    onEnd: announce,
  });
  const onAbort = (): void => {
    announce();
    end();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  progress.begin('table', calls);
  try {
    return await recordResponseTableFile(out, tasks, space, model, {
      ...getExtent(record, random),
      concurrency,
      onProgress: ({ done }) => progress.advance(done),
    });
  } catch (error) {
    const reason = findEnd();
    const spent = TextModelError.isInstance(reason) && reason.failure === 'budget';
    if (!signal.aborted && !spent) throw reason ?? error;
    const why = spent ? `The limit is reached. ${reason.message}` : 'The recording was interrupted.';
    throw new InterruptedError(`${why} What was answered is kept in ${out}.journal. Go on with: ${command}`);
  } finally {
    progress.end();
    progress.close?.();
    signal.removeEventListener('abort', onAbort);
  }
}

/** Streams are used up by drawing, so each use needs an extent of its own. */
function getExtent({ prompts, orders, draws }: TableRecord, random: RandomStream): TableExtent {
  return { orders, draws, ...(prompts === 'all' ? {} : { actions: prompts, random: random.split('prompts') }) };
}

/**
 * Says what is still to be asked, and asks before a model that costs something. Resolves with the calls of the whole table. Rejects
 * with `InterruptedError` for a no.
 */
async function confirmCost(
  { out, log, limits, confirm }: RecordTableOptions,
  { space, ranker: { free } }: PreparedExperiment,
  { tasks, extent }: { readonly tasks: readonly RankingTask[]; readonly extent: TableExtent },
): Promise<number> {
  const {
    calls,
    inputTokens,
    outputTokens,
    cost = null,
  } = planResponseTable(tasks, space, {
    ...extent,
    expectedOutputTokens: estimateAnswer(tasks),
    ...(limits?.prices && { prices: limits.prices }),
  });
  const recorded = await countRecorded(out);
  if (recorded > 0) {
    log(`Goes on: ${recorded.toLocaleString('en-US')} answers are recorded and are not asked for again.`);
  }
  const left = Math.max(0, 1 - recorded / calls);
  const estimate: RunEstimate = {
    calls: Math.max(0, calls - recorded),
    inputTokens: Math.round(inputTokens * left),
    outputTokens: Math.round(outputTokens * left),
    cost: cost === null ? null : cost * left,
  };
  log(free ? `LLM calls: ${estimate.calls.toLocaleString('en-US')}` : describeEstimate(estimate));
  if (!free && estimate.calls > 0 && confirm !== undefined && !(await confirm(estimate))) {
    throw new InterruptedError('Nothing was asked of the model.');
  }
  return calls;
}

/** Tokens of an answer that lists all titles, the mean over tasks. */
function estimateAnswer(tasks: readonly RankingTask[]): number {
  const tokens = tasks.map(({ candidates }) =>
    estimateTokens(candidates.map((item, index) => `${index + 1}. ${renderItemTitle(item)}\n`).join('')),
  );
  return tokens.reduce((sum, count) => sum + count, 0) / tasks.length;
}
