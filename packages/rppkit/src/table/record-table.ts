import { createBudget, guardTextModel, withTimeout } from '@rppkit/env';
import { estimateTokens, renderItemTitle } from '@rppkit/patterns';
import { planResponseTable, type ResponseTable, type TableExtent } from '@rppkit/search';
import { recordResponseTableFile } from '@rppkit/search/node';
import type { JudgedTask, RandomStream, TextModel } from '@rppkit/spec';
import { describeEstimate, type RunEstimate } from '../experiment/estimate-run.ts';
import { prepareExperiment } from '../experiment/prepare-experiment.ts';
import type { RunOptions } from '../experiment/run-experiment.ts';
import type { Ranker } from '../models/create-ranker.ts';
import { createHold, type Hold } from '../models/hold.ts';
import { withEarlyStop } from '../models/with-early-stop.ts';
import { withPauses } from '../models/with-pauses.ts';
import { InterruptedError } from '../usage-error.ts';
import { countRecorded } from './count-recorded.ts';
import { lockTable } from './lock-table.ts';
import { assertSameRecord, readTableRecord, type TableRecord, writeTableRecord } from './table-record.ts';
import { ensureTableSalt, readUserHash } from './table-salt.ts';
import { drawTableTasks } from './table-tasks.ts';

export interface RecordTableOptions
  extends Pick<RunOptions, 'config' | 'command' | 'log' | 'progress' | 'signal' | 'limits' | 'confirm'>,
    Pick<TableRecord, 'tasks' | 'prompts' | 'orders' | 'draws' | 'redacted'> {
  /** Path of the table. */
  readonly out: string;
}

/** An answer that takes longer will hardly come. */
const timeoutMs = 120_000;

/**
 * Records a response table, or goes on with the same recording: what its file and its journal hold is not asked again. Rejects with
 * `InterruptedError` at Ctrl-C and at a limit, when the answers under way are kept, with `UsageError` where the file is of another
 * recording, and with `ResponseTableError` where it is damaged or cannot be written.
 */
export async function recordTable(options: RecordTableOptions): Promise<ResponseTable> {
  const { config, out, command, log, progress, signal } = options;
  const prepared = await prepareExperiment(config, { log });
  const { tasks: all, space, ranker, data } = prepared;
  const { prompts, orders, draws, redacted } = options;
  const tasks = Math.min(options.tasks, all.train.length);
  const record: TableRecord = {
    schemaVersion: 1,
    config,
    tasks,
    prompts,
    orders,
    draws,
    redacted,
    checksums: data.checksums,
  };
  const release = lockTable(out);
  try {
    const before = readTableRecord(out);
    if (before !== undefined) assertSameRecord(out, before, record);
    const recorded = await countRecorded(out);
    const random = prepared.random.split('table');
    if (redacted && before === undefined) ensureTableSalt(out);
    const hashUser = redacted ? readUserHash(out) : undefined;
    const judged = drawTableTasks(all.train, { tasks, random, hashUser });
    const plain = judged.map(({ task }) => task);
    const extent = (): TableExtent => ({
      orders,
      draws,
      ...(prompts === 'all' ? {} : { actions: prompts, random: random.split('prompts') }),
    });
    const { cost = null, ...plan } = planResponseTable(plain, space, {
      ...extent(),
      expectedOutputTokens: estimateAnswer(judged),
      ...(options.limits?.prices && { prices: options.limits.prices }),
    });
    if (recorded > 0)
      log(`Goes on: ${recorded.toLocaleString('en-US')} answers are recorded and are not asked for again.`);
    const left = Math.max(0, 1 - recorded / plan.calls);
    await confirmCost(options, ranker, {
      calls: Math.max(0, plan.calls - recorded),
      inputTokens: plan.inputTokens * left,
      outputTokens: plan.outputTokens * left,
      cost: cost === null ? null : cost * left,
    });
    writeTableRecord(out, record);
    const hold = createHold();
    let spent: string | undefined;
    const model = createTableModel(ranker, hold, {
      ...options,
      random: random.split('retries'),
      onSpent: (reason) => {
        spent = reason;
      },
    });
    signal.addEventListener('abort', hold.begin, { once: true });
    if (signal.aborted) hold.begin();
    progress.begin('table', plan.calls);
    try {
      return await recordResponseTableFile(out, plain, space, model, {
        ...extent(),
        concurrency: config.concurrency,
        onProgress: ({ done, failed }) => progress.advance(done, failed === 0 ? '' : `${failed} failed`),
      });
    } catch (error) {
      if (!signal.aborted && spent === undefined) throw error;
      const why = spent === undefined ? 'The recording was interrupted.' : `The limit is reached. ${spent}`;
      throw new InterruptedError(`${why} What was answered is kept in ${out}.journal. Go on with: ${command}`);
    } finally {
      progress.end();
      signal.removeEventListener('abort', hold.begin);
    }
  } finally {
    release();
  }
}

/** Tokens of an answer that lists all titles, the mean over tasks. */
function estimateAnswer(tasks: readonly JudgedTask[]): number {
  const sum = tasks.reduce(
    (total, { task }) =>
      total + estimateTokens(task.candidates.map((item, index) => `${index + 1}. ${renderItemTitle(item)}\n`).join('')),
    0,
  );
  return sum / tasks.length;
}

/** Says what a model that costs something will still be asked, and asks. Throws `InterruptedError` for a no. */
async function confirmCost(
  { log, confirm }: Pick<RecordTableOptions, 'log' | 'confirm'>,
  { free }: Ranker,
  estimate: RunEstimate,
): Promise<void> {
  log(free ? `LLM calls: ${estimate.calls.toLocaleString('en-US')}` : describeEstimate(estimate));
  if (free || estimate.calls === 0 || confirm === undefined || (await confirm(estimate))) return;
  throw new InterruptedError('Nothing was asked of the model.');
}

/** The journal keeps answers as they arrive, so there is no store. */
function createTableModel(
  { model, free }: Ranker,
  hold: Hold,
  {
    config,
    limits,
    random,
    onSpent,
  }: Pick<RecordTableOptions, 'config' | 'limits'> & {
    readonly random: RandomStream;
    readonly onSpent: (reason: string) => void;
  },
): TextModel {
  const budget = limits === undefined ? {} : { budget: createBudget(limits) };
  const guarded = free
    ? guardTextModel(hold.guard(withPauses(model)), budget)
    : guardTextModel(hold.guard(withEarlyStop(withTimeout(model, timeoutMs))), {
        adaptive: { maximum: config.concurrency },
        retry: { random },
        ...budget,
      });
  return hold.endAtBudget(guarded, onSpent);
}
