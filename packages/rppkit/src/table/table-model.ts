import { createBudget, guardTextModel, withTimeout } from '@rppkit/env';
import type { RandomStream, TextModel } from '@rppkit/spec';
import type { RunLimits } from '../experiment/run-experiment.ts';
import type { Ranker } from '../models/create-ranker.ts';
import { createHold } from '../models/hold.ts';
import { withEarlyStop } from '../models/with-early-stop.ts';
import { withPauses } from '../models/with-pauses.ts';

export interface TableModelOptions {
  readonly concurrency: number;
  readonly limits: RunLimits | undefined;
  /** For the waits between attempts. */
  readonly random: RandomStream;
}

/** The model of a recording, whose journal keeps answers as they arrive, so that there is no store. */
export interface TableModel {
  readonly model: TextModel;
  /** Sends no further call; when those under way have ended, whoever waits for one is told that it is aborted. */
  end(): void;
  /** Why the budget ended the recording; undefined where it did not. */
  readonly spent: () => string | undefined;
}

/** An answer that takes longer will hardly come. */
const timeoutMs = 120_000;

/** A ranker with limits, retries and an end in order. */
export function createTableModel(
  { model, free }: Ranker,
  { concurrency, limits, random }: TableModelOptions,
): TableModel {
  const hold = createHold();
  const budget = limits === undefined ? {} : { budget: createBudget(limits) };
  const guarded = free
    ? guardTextModel(hold.guard(withPauses(model)), budget)
    : guardTextModel(hold.guard(withEarlyStop(withTimeout(model, timeoutMs))), {
        adaptive: { maximum: concurrency },
        retry: { random },
        ...budget,
      });
  let reason: string | undefined;
  const ended = hold.endAtBudget(guarded, (message) => {
    reason = message;
  });
  return { model: ended, end: hold.begin, spent: () => reason };
}
