/**
 * Karnin, Koren, Somekh: "Almost optimal exploration in multi-armed bandits", ICML 2013: sequential halving.
 *
 * Differences from the paper: the arms come from a screening, all are asked on the same tasks, and means are pooled over
 * all rounds.
 */

import type { JointAction } from '@rppkit/patterns';
import type { HalvingRound } from './halving-plan.ts';
import type { SearchCalls } from './search-calls.ts';
import type { TaskDraw } from './task-walk.ts';

export interface HalvingOptions {
  /** Best first; at least as many as the first round has. */
  readonly finalists: readonly JointAction[];
  readonly rounds: readonly HalvingRound[];
  readonly getDraw: (place: number) => TaskDraw;
  /** What an answer is worth at a place, NaN where that cannot be told; default: its own reward. */
  readonly judge?: (place: number, ranking: Int32Array) => number;
  /** Told of the best finalist after every round. */
  readonly onLeader?: (leader: LeadingPrompt) => void;
}

/** The prompt that leads a search that still goes on. */
export interface LeadingPrompt {
  readonly choice: JointAction;
  /** Mean reward of its answers so far; NaN without any. The best of several means: too high, more so in early rounds. */
  readonly mean: number;
  readonly answers: number;
}

export interface HalvedPrompts {
  readonly choice: JointAction;
  /** Its answers by place, undefined for a failed call. */
  readonly rankings: readonly (Int32Array | undefined)[];
}

/**
 * Asks all finalists on the same places and keeps the better half, round by round. A finalist of which nothing is known yet
 * counts as an average one.
 */
export async function halvePrompts(
  calls: SearchCalls,
  { finalists: arms, rounds, getDraw, judge, onLeader }: HalvingOptions,
): Promise<HalvedPrompts> {
  let finalists = arms.map((choice) => ({ choice, sum: 0, count: 0, rankings: [] as (Int32Array | undefined)[] }));
  let asked = 0;
  for (const { finalists: remaining, tasksEach } of rounds) {
    finalists = finalists.slice(0, remaining);
    const first = asked;
    const getPlace = (index: number): number => first + (index % tasksEach);
    await calls.ask(
      remaining * tasksEach,
      (index) => ({ ...getDraw(getPlace(index)), choice: finalists[Math.floor(index / tasksEach)]!.choice }),
      (index, reward, ranking) => {
        const finalist = finalists[Math.floor(index / tasksEach)]!;
        finalist.rankings.push(ranking);
        if (ranking === undefined) return;
        const worth = judge?.(getPlace(index), ranking) ?? reward;
        if (Number.isNaN(worth)) return;
        finalist.sum += worth;
        finalist.count++;
      },
    );
    asked += tasksEach;
    const sum = finalists.reduce((total, finalist) => total + finalist.sum, 0);
    const count = finalists.reduce((total, finalist) => total + finalist.count, 0);
    const average = sum / Math.max(1, count);
    const means = new Map(finalists.map((each) => [each, each.count === 0 ? average : each.sum / each.count]));
    finalists = finalists.sort((left, right) => means.get(right)! - means.get(left)!).slice(0, remaining / 2);
    const leader = finalists[0]!;
    onLeader?.({ choice: leader.choice, mean: leader.sum / leader.count, answers: leader.count });
  }
  return finalists[0]!;
}
