import { createRppLearner, type LearningSpace, type MarlLearner, type RppOptions } from '@rppkit/marl';
import type { RandomStream } from '@rppkit/spec';
import { benchedLearners } from '../games/benched-learners.ts';

/** A way to train a policy that chooses one prompt a ranking. */
export interface BenchedRow {
  readonly name: string;
  /** Relevant items of a training task. */
  readonly relevant: 1 | 3;
  /** Whether the central state tells what rankers without prompts get. */
  readonly scorers: boolean;
  create(space: LearningSpace, options: { readonly random: RandomStream }): MarlLearner;
}

const defaults = { relevant: 1, scorers: true } as const;

export type RowGroup = 'actorCritics' | 'values' | 'rpp' | 'ablations';

/** Rows by the group that one process measures. */
export const benchedRows: Readonly<Record<RowGroup, readonly BenchedRow[]>> = {
  actorCritics: ['maa2c', 'ia2c', 'mappo', 'ippo', 'coma'].map(defaultRow),
  values: ['vdn', 'qmix', 'reference'].map(defaultRow),
  rpp: [defaultRow('rpp'), rppRow('rpp, 3 relevant items', {}, { relevant: 3 })],
  /** The learner for personal prompts without one part each. */
  ablations: [
    rppRow('rpp without state scorers', {}, { scorers: false }),
    rppRow('rpp with a fixed prior', { prior: 'fixed' }),
    rppRow('rpp, greedy', { exploration: 0 }),
    // So far from the mean that what is known says nothing.
    rppRow('rpp, uniform exploration', { exploration: 1000 }),
  ],
};

/** A learner of `learning/games` with its defaults. */
function defaultRow(name: string): BenchedRow {
  const create = benchedLearners[name]!;
  return { ...defaults, name, create: (space, { random }) => create(space, { random, values: {} }) };
}

function rppRow(name: string, options: Omit<RppOptions, 'random'>, change: Partial<BenchedRow> = {}): BenchedRow {
  return {
    ...defaults,
    name,
    create: (space, { random }) => createRppLearner(space, { random, ...options }),
    ...change,
  };
}
