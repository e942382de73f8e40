import {
  createRandomStream,
  type JointActions,
  type RandomStream,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';

/** One-step episodes: an observation is drawn, all agents act once, and a noisy reward follows. */
export function createBanditEnvironment(options: {
  readonly batchSize: number;
  readonly actionCounts: Readonly<Record<string, number>>;
  readonly observationSize: number;
  readonly sampleObservation: (random: RandomStream) => readonly number[];
  /** Expected reward of one row. */
  readonly reward: (observation: Float32Array, actions: Readonly<Record<string, number>>) => number;
  /** Standard deviation of the noise. */
  readonly noise: number;
  readonly masks?: Readonly<Record<string, Uint8Array>>;
  /** Replaces the rewards of a batch before they are handed out. */
  readonly distort?: (rewards: Float32Array) => Float32Array;
}): VectorEnvironment<{ readonly row: number }> {
  const {
    batchSize,
    actionCounts,
    observationSize,
    sampleObservation,
    reward,
    noise,
    masks,
    distort = (rewards) => rewards,
  } = options;
  const agents = Object.keys(actionCounts);
  let observations = new Float32Array(batchSize * observationSize);
  let noiseStream = createRandomStream('before reset');

  const describeStep = (rewards: Float32Array, ended: 0 | 1): VectorStep<{ readonly row: number }> => ({
    observations,
    state: observations,
    rewards,
    terminated: new Uint8Array(batchSize).fill(ended),
    truncated: new Uint8Array(batchSize),
    active: new Uint8Array(batchSize).fill(1),
    learnable: new Uint8Array(batchSize).fill(ended),
    ...(masks === undefined ? {} : { actionMasks: masks }),
    infos: Array.from({ length: batchSize }, (_, row) => (ended === 1 ? { row } : undefined)),
  });

  return {
    batchSize,
    agents,
    observationSize,
    observationLayout: [{ name: 'context', offset: 0, shape: [observationSize] }],
    stateSize: observationSize,
    actionCounts,
    async reset({ seed, signal }) {
      signal?.throwIfAborted();
      const random = createRandomStream(seed);
      noiseStream = random.split('noise');
      observations = Float32Array.from(Array.from({ length: batchSize }, () => sampleObservation(random)).flat());
      return describeStep(new Float32Array(batchSize), 0);
    },
    async step(actions: JointActions) {
      const rewards = new Float32Array(batchSize);
      for (let row = 0; row < batchSize; row++) {
        const observation = observations.subarray(row * observationSize, (row + 1) * observationSize);
        const chosen = Object.fromEntries(agents.map((agent) => [agent, actions[agent]![row]!]));
        rewards[row] = reward(observation, chosen) + noise * noiseStream.normal();
      }
      return describeStep(distort(rewards), 1);
    },
  };
}
