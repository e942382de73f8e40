import { createBudget, guardTextModel, withTimeout } from '@rppkit/env';
import { type RandomStream, type TextModel, TextModelError } from '@rppkit/spec';
import type { RunLimits } from '../experiment/run-options.ts';
import type { Ranker } from '../models/create-ranker.ts';
import { createHold } from '../models/hold.ts';
import { withEarlyStop } from '../models/with-early-stop.ts';
import { withPauses } from '../models/with-pauses.ts';

export interface TableModelOptions {
  readonly concurrency: number;
  readonly limits: RunLimits | undefined;
  /** For the waits between attempts. */
  readonly random: RandomStream;
  /** Told once, when a call ends the recording: a spent budget, a rejected key, a model that never answers. */
  readonly onEnd: () => void;
}

/** The model of a recording, whose journal keeps answers as they arrive, so that there is no store. */
export interface TableModel {
  readonly model: TextModel;
  /** Sends no further call; when those under way have ended, whoever waits for one is told that it is aborted. */
  end(): void;
  /** What ended the recording, `failure` `budget` for a spent limit; undefined where no call did. */
  readonly findEnd: () => unknown;
  /** Calls under way that are paid for. */
  readonly underWay: () => number;
}

/** An answer that takes longer will hardly come. */
const timeoutMs = 120_000;

/** A ranker with limits, retries and an end in order. */
export function createTableModel(
  { model, free }: Ranker,
  { concurrency, limits, random, onEnd }: TableModelOptions,
): TableModel {
  const hold = createHold();
  const budget = limits === undefined ? {} : { budget: createBudget(limits) };
  const guarded = free
    ? guardTextModel(hold.guard(withPauses(model)), budget)
    : guardTextModel(hold.guard(withEarlyStop(withTimeout(model, timeoutMs))), {
        adaptive: { maximum: concurrency },
        retry: { random },
        clock: hold.clock,
        ...budget,
      });
  let reason: unknown;
  const ended = hold.endAt(guarded, {
    ends: isEnd,
    onEnd(error) {
      reason = error;
      onEnd();
    },
  });
  return { model: ended, end: hold.begin, findEnd: () => reason, underWay: () => (free ? 0 : hold.underWay()) };
}

/** Whether no later call can do better; other failures are entries of the table. */
function isEnd(error: unknown): boolean {
  if (!TextModelError.isInstance(error)) return true;
  return error.failure === 'budget' || error.failure === 'authentication';
}
