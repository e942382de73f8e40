import { InvalidArgumentError } from '@rppkit/spec';

/** One round of sequential halving: the prompts left, and the tasks that each of them is asked on. */
export interface HalvingRound {
  readonly finalists: number;
  readonly tasksEach: number;
}

/** How a budget of calls is spent; computed before the first call, so that it can be announced. */
export interface HalvingPlan {
  /** Calls with uniformly random prompts that choose the finalists. */
  readonly screening: number;
  /** Rounds of sequential halving: finalists left, and tasks that each of them is asked on. */
  readonly rounds: readonly HalvingRound[];
  /** All calls. */
  readonly calls: number;
}

const mostFinalists = 16;
/** Below, a finalist would not be asked once a round. */
export const fewestHalvingCalls = 128;

/** The plan for at most `calls` calls and so many prompts: half screens them, half tells the best 16 apart. */
export function planHalving(calls: number, prompts: number): HalvingPlan {
  if (!Number.isInteger(calls) || calls < fewestHalvingCalls) {
    throw new InvalidArgumentError('calls', `an integer of at least ${fewestHalvingCalls}`, calls);
  }
  const rounds = planRounds(Math.floor(calls / 2), 2 ** Math.floor(Math.log2(Math.min(mostFinalists, prompts))));
  const screening = Math.floor(calls / 2);
  return { screening, rounds, calls: screening + rounds.reduce((sum, round) => sum + countRound(round), 0) };
}

/** Rounds that share `calls` evenly; `finalists` is a power of 2, and 1 takes none. */
export function planRounds(calls: number, finalists: number): readonly HalvingRound[] {
  const count = Math.log2(finalists);
  return Array.from({ length: count }, (_, round) => {
    const left = finalists / 2 ** round;
    return { finalists: left, tasksEach: Math.floor(calls / count / left) };
  });
}

/** The fewest calls with which `planSmallHalving` tells two prompts apart. */
export const fewestRoundCalls = 8;

/** Rounds of at most 16 finalists, of so many as get four tasks each in the first round. */
export function planSmallHalving(calls: number, prompts: number): readonly HalvingRound[] {
  let finalists = 1;
  while (2 * finalists <= Math.min(mostFinalists, prompts)) {
    const first = planRounds(calls, 2 * finalists)[0]!;
    if (first.tasksEach < 4) break;
    finalists *= 2;
  }
  return planRounds(calls, finalists);
}

function countRound({ finalists, tasksEach }: HalvingRound): number {
  return finalists * tasksEach;
}
