import { computeJointActionCount, encodeJointAction, legalizeJointAction } from '@rppkit/patterns';
import { createRandomStream } from '@rppkit/spec';
import { expect } from 'vitest';
import type { AnswerSource, PromptTrial } from '../answers/answer-source.ts';
import { bestPrompt, createExampleSource } from './example-source.ts';

export interface WatchedSource {
  readonly source: AnswerSource;
  /** What was asked, in this order. */
  readonly trials: readonly PromptTrial[];
  /** How often `ask` was called. */
  readonly asks: number;
}

export interface WatchOptions {
  /** Which calls fail; default none. `best-half`: half of those of the best prompt. */
  readonly failures?: 'best-half' | 'all';
  readonly actions?: Int32Array;
  /** Called with the signal of each `ask` before it is answered. */
  readonly onAsk?: (signal: AbortSignal | undefined) => void;
}

/** The example source, with an eye on what it is asked; a trial that it cannot have is an assertion error. */
export function createWatchedSource({ failures, actions, onAsk }: WatchOptions = {}): WatchedSource {
  const example = createExampleSource();
  const { space } = example;
  const offered = new Set(actions ?? Array.from({ length: computeJointActionCount(space) }, (_, index) => index));
  const trials: PromptTrial[] = [];
  let asks = 0;
  const source: AnswerSource = {
    ...example,
    ...(actions !== undefined && { actions }),
    async ask(some, options = {}) {
      asks++;
      for (const trial of some) {
        // An assertion for each of thousands of trials would take longer than the search.
        const fault = findFault(example, offered, trial);
        if (fault !== undefined) expect.fail(fault);
        trials.push(trial);
      }
      onAsk?.(options.signal);
      const { rewards, rankings, tokens } = await example.ask(some);
      const failed = some.map((trial) => isFailed(example, trial, failures));
      return {
        rewards: rewards.map((reward, index) => (failed[index] ? Number.NaN : reward)),
        rankings: rankings.map((ranking, index) => (failed[index] ? undefined : ranking)),
        tokens: tokens.map((count, index) => (failed[index] ? 0 : count)),
      };
    },
  };
  return {
    source,
    trials,
    get asks() {
      return asks;
    },
  };
}

function findFault(source: AnswerSource, offered: ReadonlySet<number>, trial: PromptTrial): string | undefined {
  const { task, choice, orderIndex = 0, sampleIndex = 0 } = trial;
  if (source.tasks[task] === undefined) return `a trial of task number ${task} of ${source.tasks.length}`;
  if (!isCount(orderIndex)) return `a trial with orderIndex ${orderIndex}`;
  if (!isCount(sampleIndex)) return `a trial with sampleIndex ${sampleIndex}`;
  return isOffered(source, offered, trial)
    ? undefined
    : `a trial of the prompt ${choice}, which the source does not offer`;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

/** Also what an offered prompt becomes for a short history: that is what a recorded answer is to. */
function isOffered(
  { space, tasks }: AnswerSource,
  offered: ReadonlySet<number>,
  { task, choice }: PromptTrial,
): boolean {
  if (offered.has(encodeJointAction(space, choice))) return true;
  const plain = tasks[task]!.task;
  const history = space.patterns.findIndex(({ section }) => section === 'history');
  return space.patterns[history]!.expressions.some((_, action) => {
    const longer = choice.map((own, position) => (position === history ? action : own));
    return (
      offered.has(encodeJointAction(space, longer)) &&
      String(legalizeJointAction(space, longer, plain)) === String(choice)
    );
  });
}

function isFailed(
  { space, tasks }: AnswerSource,
  { task, choice, orderIndex, sampleIndex }: PromptTrial,
  failures: WatchOptions['failures'],
): boolean {
  if (failures !== 'best-half') return failures === 'all';
  if (String(legalizeJointAction(space, choice, tasks[task]!.task)) !== String(bestPrompt)) return false;
  return createRandomStream(['failure', task, orderIndex, sampleIndex].join(' ')).uniform() < 0.5;
}
