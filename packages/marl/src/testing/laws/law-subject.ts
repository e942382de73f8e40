import type { RandomStream } from '@rppkit/spec';
import type { MarlLearner } from '../../learner/create-learner.ts';
import type { LearningSpace } from '../../learner/learning-space.ts';
import type { NetworkOptions } from '../../networks/agent-networks.ts';

/** What a law gives to whoever creates the learner. */
interface LawOptions extends NetworkOptions {
  readonly random: RandomStream;
}

/** A learner to which the laws apply. */
export interface LawSubject {
  /** Shown in the test report. */
  readonly name: string;
  /** A new learner for any space, with these options and, best, a schedule in every option that takes one. */
  create(space: LearningSpace, options: LawOptions): MarlLearner;
  /**
   * True for the name of a saved tensor whose last rows weigh one-hot actions: one block an agent, in the order of the
   * agents. Default: there is none.
   */
  readsActions?(name: string): boolean;
  /** True where no optimiser steps along a gradient; laws about such steps say nothing then. Default false. */
  readonly withoutGradients?: boolean;
}

/** Backends on which the laws hold. */
export type LawBackend = 'cpu' | 'wasm';

/** What must hold for every learner. */
export interface LearnerLaw {
  readonly name: string;
  /** Backends that it is to be run on. */
  readonly backends: readonly LawBackend[];
  /** Whether it is about steps along a gradient. */
  readonly aboutGradients?: boolean;
  /** Throws where it does not hold on the current backend. `useBackend` sets another one. */
  run(subject: LawSubject, useBackend: (name: LawBackend) => Promise<void>): Promise<void>;
}

/** Three agents with different numbers of actions; the observation ends with a sequence, and the state begins with it. */
export const lawSpace: LearningSpace = {
  agents: ['role', 'history', 'format'],
  observationSize: 8,
  observationLayout: [
    { name: 'user', offset: 0, shape: [2] },
    { name: 'ranking', offset: 2, shape: [3, 2] },
  ],
  stateSize: 9,
  actionCounts: { role: 2, history: 3, format: 4 },
};

/** Networks of each kind, alone and together. */
export const lawNetworks: Readonly<
  Record<'plain' | 'shared' | 'normalized' | 'recurrent' | 'together', NetworkOptions>
> = {
  plain: { hiddenSizes: [6] },
  shared: { hiddenSizes: [6], shareParameters: true },
  normalized: { hiddenSizes: [6], layerNorm: true },
  recurrent: { hiddenSizes: [6], recurrent: { block: 'ranking', hidden: 4 } },
  together: {
    hiddenSizes: [6, 5],
    shareParameters: true,
    layerNorm: true,
    recurrent: { block: 'ranking', hidden: 4 },
  },
};
