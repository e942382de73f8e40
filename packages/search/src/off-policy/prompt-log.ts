import type { JointAction } from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';
import { encodeJoint } from './joint-numbering.ts';
import type { LoggedPrompt } from './logged-prompt.ts';

/** Logged prompts in columns, failed calls left out. `createPromptLog` makes it. */
export interface PromptLog {
  /** Rows with a reward. */
  readonly rows: number;
  /** Rows left out because their call failed. */
  readonly failed: number;
  /** Expressions of each slot. */
  readonly actionCounts: readonly number[];
  /** False: the slots were drawn together, so that only the product of a row's propensities means anything. */
  readonly independentSlots: boolean;
  /** `Int32Array [rows]`. */
  readonly contexts: Int32Array;
  /** Group of each row, 0 … groupCount-1, `Int32Array [rows]`. */
  readonly groups: Int32Array;
  readonly groupCount: number;
  /** `Int32Array [rows, slots]`, row-major. */
  readonly choices: Int32Array;
  /** Number of each row's joint action, the last slot varying fastest, `Int32Array [rows]`. */
  readonly jointActions: Int32Array;
  /** In (0, 1], `Float64Array [rows, slots]`, row-major. */
  readonly propensities: Float64Array;
  /** `Float64Array [rows]`. */
  readonly rewards: Float64Array;
  /** One entry a row; undefined: all expressions are legal. */
  readonly masks: readonly (readonly Uint8Array[] | undefined)[];
}

export interface PromptLogOptions {
  /** Expressions of each slot, positive integers; of a pattern space the numbers of its patterns' expressions. */
  readonly actionCounts: readonly number[];
  /**
   * Whether the logging policy drew each slot by itself, given the context; default true. False where it drew them together,
   * as a policy file with pairs does, whose log-probabilities are of each slot given those before it: the slate
   * pseudo-inverse then refuses the log.
   */
  readonly independentSlots?: boolean;
}

/**
 * Checks logged prompts. Throws `InvalidArgumentError` for rows of later rounds (an earlier answer changed what they were
 * chosen from, which importance weights of one step do not know), choices outside the spaces or the masks, propensities
 * outside (0, 1], rewards that are infinite or no numbers, and fewer than two groups with a reward.
 */
export function createPromptLog(
  rows: readonly LoggedPrompt[],
  { actionCounts, independentSlots = true }: PromptLogOptions,
): PromptLog {
  if (actionCounts.length === 0 || !actionCounts.every((count) => Number.isInteger(count) && count > 0)) {
    throw new InvalidArgumentError('actionCounts', 'one positive integer for each slot', actionCounts);
  }
  rows.forEach((row, index) => {
    assertLoggedPrompt(row, `rows[${index}]`, actionCounts);
  });
  const given = rows.filter(({ reward }) => !Number.isNaN(reward));
  const numbers = new Map<number | string, number>();
  let groupCount = 0;
  const groups = Int32Array.from(given, ({ group }) => {
    if (group === undefined) return groupCount++;
    const known = numbers.get(group);
    if (known !== undefined) return known;
    numbers.set(group, groupCount);
    return groupCount++;
  });
  if (groupCount < 2) {
    throw new InvalidArgumentError(
      'rows',
      'at least two groups with a reward',
      groupCount,
      'Rows of one group are one observation; without groups, each row is one.',
    );
  }
  const slots = actionCounts.length;
  const choices = new Int32Array(given.length * slots);
  const propensities = new Float64Array(given.length * slots);
  given.forEach(({ choice, logProbabilities }, row) => {
    choices.set(choice, row * slots);
    // A softmax in single precision may give a little more than 1.
    for (let slot = 0; slot < slots; slot++) {
      propensities[row * slots + slot] = Math.min(1, Math.exp(logProbabilities[slot]!));
    }
  });
  return {
    rows: given.length,
    failed: rows.length - given.length,
    actionCounts,
    independentSlots,
    contexts: Int32Array.from(given, ({ context }) => context),
    groups,
    groupCount,
    choices,
    jointActions: Int32Array.from(given, ({ choice }) => encodeJoint(actionCounts, choice)),
    propensities,
    rewards: Float64Array.from(given, ({ reward }) => reward),
    masks: given.map(({ masks }) => masks),
  };
}

function assertLoggedPrompt(row: LoggedPrompt, name: string, actionCounts: readonly number[]): void {
  const { context, choice, logProbabilities, reward, masks, round = 0 } = row;
  if (round !== 0) {
    throw new InvalidArgumentError(
      `${name}.round`,
      '0',
      round,
      'Only one-step logs can be evaluated: the prompt of a later round was chosen after an answer that depends on earlier prompts.',
    );
  }
  if (!Number.isInteger(context) || context < 0 || context > 0x7fffffff) {
    throw new InvalidArgumentError(`${name}.context`, 'an integer in [0, 2^31)', context);
  }
  assertChoice(choice, `${name}.choice`, actionCounts, masks);
  if (logProbabilities?.length !== actionCounts.length) {
    throw new InvalidArgumentError(
      `${name}.logProbabilities`,
      `${actionCounts.length} numbers, one a slot`,
      logProbabilities,
    );
  }
  logProbabilities.forEach((value, slot) => {
    if (value > Number.NEGATIVE_INFINITY && value < 1e-3) return;
    throw new InvalidArgumentError(
      `${name}.logProbabilities[${slot}]`,
      'the natural logarithm of a number in (0, 1]',
      value,
      'Only prompts that a policy drew at random, with the probabilities of that draw, can be evaluated.',
    );
  });
  // JSON makes null of NaN, which would then count as a reward of 0.
  if (typeof reward !== 'number' || Math.abs(reward) === Number.POSITIVE_INFINITY) {
    throw new InvalidArgumentError(`${name}.reward`, 'finite, or NaN for a failed call', reward);
  }
}

function assertChoice(
  choice: JointAction,
  name: string,
  actionCounts: readonly number[],
  masks: readonly Uint8Array[] | undefined,
): void {
  if (choice.length !== actionCounts.length) {
    throw new InvalidArgumentError(name, `${actionCounts.length} indices, one a slot`, choice);
  }
  choice.forEach((action, slot) => {
    const count = actionCounts[slot]!;
    if (!Number.isInteger(action) || action < 0 || action >= count) {
      throw new InvalidArgumentError(`${name}[${slot}]`, `an integer in [0, ${count})`, action);
    }
    if (masks === undefined) return;
    if (masks[slot]?.length !== count) {
      throw new InvalidArgumentError(`masks of ${name}[${slot}]`, `a Uint8Array of length ${count}`, masks[slot]);
    }
    if (masks[slot][action] !== 1) {
      throw new InvalidArgumentError(`${name}[${slot}]`, 'legal under its mask', action);
    }
  });
}
