import { InvalidArgumentError, type ObservationBlock } from '@rppkit/spec';

/** Sizes of everything that a learner sees and chooses. A `VectorEnvironment` is one. */
export interface LearningSpace {
  readonly agents: readonly string[];
  readonly observationSize: number;
  /** Where things stand in an observation; needed by learners that read a block of it in a way of its own. */
  readonly observationLayout?: readonly ObservationBlock[];
  readonly stateSize: number;
  readonly actionCounts: Readonly<Record<string, number>>;
}

/** Throws `InvalidArgumentError` unless there are agents, all with different names, and every size is a positive integer. */
export function assertLearningSpace({ agents, observationSize, stateSize, actionCounts }: LearningSpace): void {
  if (agents.length === 0) throw new InvalidArgumentError('agents', 'at least one agent', agents);
  if (new Set(agents).size !== agents.length) {
    throw new InvalidArgumentError('agents', 'agents with different names', agents.join(', '));
  }
  assertSize('observationSize', observationSize);
  assertSize('stateSize', stateSize);
  for (const agent of agents) assertSize(`actionCounts.${agent}`, actionCounts[agent]);
}

function assertSize(argument: string, size: number | undefined): void {
  if (size === undefined || !Number.isSafeInteger(size) || size < 1) {
    throw new InvalidArgumentError(argument, 'a positive integer', size);
  }
}
