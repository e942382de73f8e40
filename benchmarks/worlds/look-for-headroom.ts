import { fitHistoryStatistics } from '@rppkit/env';
import { lookForHeadroom } from '@rppkit/search';
import type { WorldPreset } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import { prepareSmallWorld } from './prepare-small-world.ts';

export interface LookInWorldOptions {
  readonly preset: WorldPreset;
  readonly seed: number;
  readonly calls: number;
}

/** What the cheap look says of one world. */
export interface LookRecord {
  readonly worthTraining: boolean;
  readonly p: number;
  /** NDCG@10. */
  readonly estimate: number;
  /** The headroom that it sees with probability .8. */
  readonly detectable: number;
}

/** The cheap look at a world of its own for each seed: users, answers and prompts are independent between seeds. */
export async function lookInWorld({ preset, seed, calls }: LookInWorldOptions): Promise<LookRecord> {
  const random = createRandomStream(seed).split('cheap look').split(preset);
  const { tasks, space, model } = prepareSmallWorld({ preset, users: Math.ceil(calls / 2), random });
  const { verdict, p, estimate, detectable } = await lookForHeadroom({
    tasks,
    space,
    model,
    encoders: [fitHistoryStatistics(tasks.map(({ task }) => task))],
    calls,
    random: random.split('look'),
  });
  return { worthTraining: verdict === 'worth-training', p, estimate, detectable };
}
