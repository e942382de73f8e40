import type { JointAction } from '@rppkit/patterns';
import { createTrial, type RewardCube } from './reward-cube.ts';

/** Rankings of prompts of a cube, each asked once. */
export interface PromptRankings {
  /** Asks draw number d of the d-th prompt for a task, for all that are wanted. */
  load(wanted: readonly PromptDraw[], signal?: AbortSignal): Promise<void>;
  /** The reward of the rank aggregate of loaded draws; NaN where one of them failed. */
  judge(task: number, draws: readonly Omit<PromptDraw, 'task'>[]): number;
}

interface PromptDraw {
  readonly task: number;
  readonly choice: JointAction;
  readonly draw: number;
}

export function createPromptRankings({ source, orders }: RewardCube): PromptRankings {
  const rankings = new Map<string, Int32Array | undefined>();
  const nameDraw = (task: number, choice: JointAction, draw: number): string => `${task} ${draw} ${choice.join()}`;
  return {
    async load(wanted, signal) {
      const missing = new Map(
        wanted
          .map((one) => [nameDraw(one.task, one.choice, one.draw), one] as const)
          .filter(([name]) => !rankings.has(name)),
      );
      if (missing.size === 0) return;
      const trials = Array.from(missing.values(), ({ task, choice, draw }) => createTrial(task, choice, draw, orders));
      const answers = await source.ask(trials, signal === undefined ? {} : { signal });
      for (const [place, name] of [...missing.keys()].entries()) rankings.set(name, answers.rankings[place]);
    },
    judge(task, draws) {
      const asked: Int32Array[] = [];
      for (const { choice, draw } of draws) {
        const ranking = rankings.get(nameDraw(task, choice, draw));
        if (ranking === undefined) return Number.NaN;
        asked.push(ranking);
      }
      return source.judge(task, asked);
    },
  };
}
