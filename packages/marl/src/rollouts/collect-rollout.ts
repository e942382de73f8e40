import {
  InvalidArgumentError,
  type Policy,
  type RandomStream,
  type Rollout,
  type RolloutStep,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';

/** One batch of episodes, as the learner wants it and as the environment told it. */
export interface CollectedRollout<Info = unknown> {
  readonly rollout: Rollout;
  /** What `reset` and then every `step` returned, with their infos: one more than the rollout has steps. */
  readonly steps: readonly VectorStep<Info>[];
}

/**
 * Resets the environment and lets the policy act until every row has ended. `random` decides the actions, `seed` the
 * tasks. Throws the signal's reason when aborted, and `InvalidArgumentError` where policy and environment do not fit.
 */
export async function collectRollout<Info>(
  environment: VectorEnvironment<Info>,
  policy: Policy,
  options: {
    readonly random: RandomStream;
    readonly seed: number;
    /** Default false. */
    readonly deterministic?: boolean;
    readonly signal?: AbortSignal;
  },
): Promise<CollectedRollout<Info>> {
  const { random, seed, deterministic = false, signal } = options;
  assertFit(environment, policy);
  const passed = signal === undefined ? {} : { signal };
  let current = await environment.reset({ seed, ...passed });
  const steps: VectorStep<Info>[] = [current];
  const rolloutSteps: RolloutStep[] = [];
  const ended = new Uint8Array(environment.batchSize);
  const markEnded = ({ terminated, truncated }: VectorStep<Info>): void => {
    for (let row = 0; row < ended.length; row++) ended[row] = ended[row]! | terminated[row]! | truncated[row]!;
  };
  for (markEnded(current); ended.includes(0); markEnded(current)) {
    signal?.throwIfAborted();
    const { observations, state, actionMasks } = current;
    const masks = actionMasks === undefined ? {} : { masks: actionMasks };
    const { actions, logProbabilities } = policy.act(observations, { deterministic, random, ...masks });
    current = await environment.step(actions, passed);
    steps.push(current);
    const { rewards, terminated, truncated, active, learnable } = current;
    rolloutSteps.push({
      observations,
      state,
      ...(actionMasks === undefined ? {} : { actionMasks }),
      actions,
      logProbabilities,
      rewards,
      terminated,
      truncated,
      active,
      learnable,
    });
  }
  return {
    rollout: {
      batchSize: environment.batchSize,
      steps: rolloutSteps,
      finalObservations: current.observations,
      finalState: current.state,
    },
    steps,
  };
}

function assertFit(environment: VectorEnvironment, policy: Policy): void {
  const describe = ({
    agents,
    observationSize,
    actionCounts,
  }: Pick<Policy, 'agents' | 'observationSize' | 'actionCounts'>): string =>
    `${observationSize} observation floats and ${agents.map((agent) => `${agent} (${actionCounts[agent]} actions)`).join(', ')}`;
  const received = describe(policy);
  const expected = describe(environment);
  if (received !== expected)
    throw new InvalidArgumentError('policy', `made for this environment: ${expected}`, received);
}
