import { createRppLearner, type LearningSpace, type MarlLearner, type RppOptions } from '@rppkit/marl';
import type { RandomStream } from '@rppkit/spec';
import { benchedLearners } from '../games/benched-learners.ts';

/** A way to train a policy that chooses one prompt a ranking. */
export interface BenchedRow {
  readonly name: string;
  /** Which items of a training user are relevant: the last one, as reports have it, or those before it. */
  readonly target: 'test' | 'validation';
  /** Relevant items of a training task; 1 for the target `test`. */
  readonly relevant: 1 | 3;
  /** Whether the central state tells what rankers without prompts get. */
  readonly scorers: boolean;
  create(space: LearningSpace, options: { readonly random: RandomStream }): MarlLearner;
}

const defaults = { target: 'test', relevant: 1, scorers: true } as const;

export type RowGroup = 'actorCritics' | 'values' | 'rpp' | 'validation' | 'ablations';

/** Rows by the group that one process measures. */
export const benchedRows: Readonly<Record<RowGroup, readonly BenchedRow[]>> = {
  actorCritics: ['maa2c', 'ia2c', 'mappo', 'ippo', 'coma'].map(defaultRow),
  values: ['vdn', 'qmix', 'reference'].map(defaultRow),
  rpp: [defaultRow('rpp')],
  /** Denser rewards need more of the history, so that their row is to be compared with one that gives up as much. */
  validation: ([1, 3] as const).map((relevant) =>
    rppRow(`rpp, validation, ${relevant} relevant`, {}, { target: 'validation', relevant }),
  ),
  /** The learner for personal prompts without one part each. */
  ablations: [
    rppRow('rpp without state scorers', {}, { scorers: false }),
    rppRow('rpp with a fixed prior', { prior: 'fixed' }),
    rppRow('rpp, greedy', { exploration: 0 }),
    // So far from the mean that only what is unknown counts.
    rppRow('rpp, exploring the unknown', { exploration: 1000 }),
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
