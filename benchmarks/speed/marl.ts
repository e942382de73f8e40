import { type BackendName, selectBackend } from '@rppkit/backend';
import { createMaa2c, type LearningSpace, type MarlLearner } from '@rppkit/marl';
import { createRandomStream, type RandomStream, type Rollout } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { loadNativeBackend } from '../harness/load-native-backend.ts';
import { measureBestTime } from '../harness/measure-time.ts';

const actionCounts = { role: 5, history: 6, reasoning: 9, format: 5 };
const agents = Object.keys(actionCounts);
const batchSize = 200;
const positions = 10;
const embedding = 64;
const actingUsers = 10_000;
const backends: readonly BackendName[] = ['wasm', 'node', 'cpu'];

/** A user vector, then the embeddings of the last ranking. */
const space: LearningSpace = {
  agents,
  observationSize: embedding * (1 + positions),
  observationLayout: [
    { name: 'user', offset: 0, shape: [embedding] },
    { name: 'last-ranking', offset: embedding, shape: [positions, embedding] },
  ],
  stateSize: embedding * (1 + positions),
  actionCounts,
};
const flatSpace: LearningSpace = { agents, observationSize: embedding, stateSize: embedding, actionCounts };

const speedMarl: DirectBench = defineBench({
  name: 'speed/marl',
  purpose: 'Time of one MAA2C update with a GRU, and of acting, by TensorFlow.js backend, in one process.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    const figures: Record<string, number> = {};
    const rows: (string | number)[][] = [];
    for (const backend of backends) {
      const selected = await selectBackend([backend], { loaders: { node: loadNativeBackend } }).catch(() => undefined);
      if (selected === undefined) {
        log(`${backend} cannot be loaded here`);
        rows.push([backend, 'cannot be loaded here', '-', '-']);
        continue;
      }
      log(`${backend}: update`);
      const random = createRandomStream('speed of marl');
      const learner = createMaa2c(space, {
        random: random.split('learner'),
        hiddenSizes: [64],
        recurrent: { block: 'last-ranking', hidden: 64 },
      });
      const rollout = createRollout(learner, random);
      await learner.update(rollout);
      const runs = quick ? 1 : backend === 'cpu' ? 3 : 40;
      const update = await measureBestTime(runs, () => learner.update(rollout));
      learner.dispose();

      log(`${backend}: act`);
      const actor = createMaa2c(flatSpace, { random: random.split('actor'), hiddenSizes: [64] });
      const users = quick ? 100 : actingUsers;
      const observations = sampleValues(random.split('users'), users * embedding);
      const act = async (): Promise<void> => {
        actor.act(observations, { deterministic: false, random });
      };
      await act();
      const acting = await measureBestTime(quick ? 1 : 5, act);
      actor.dispose();
      figures[`${backend}UpdateMilliseconds`] = update;
      figures[`${backend}ActMilliseconds`] = acting;
      rows.push([backend, `batch ${batchSize}, ${positions} positions`, update, acting]);
    }
    return {
      figures: {
        wasmUpdateMilliseconds: figures['wasmUpdateMilliseconds']!,
        wasmActMilliseconds: figures['wasmActMilliseconds']!,
        // Elsewhere there is no such figure, and the target says what it needs.
        ...('nodeUpdateMilliseconds' in figures && { nodeUpdateMilliseconds: figures['nodeUpdateMilliseconds']! }),
      },
      table: { columns: ['backend', 'data', 'update, ms', `act for ${actingUsers} users, ms`], rows },
    };
  },
});

export default speedMarl;

/** One step of terminated episodes with random rewards. */
function createRollout(learner: MarlLearner, random: RandomStream): Rollout {
  const observations = sampleValues(random.split('observations'), batchSize * space.observationSize);
  const ones = new Uint8Array(batchSize).fill(1);
  return {
    batchSize,
    steps: [
      {
        observations,
        state: observations,
        ...learner.act(observations, { deterministic: false, random: random.split('act') }),
        rewards: sampleValues(random.split('rewards'), batchSize),
        terminated: ones,
        truncated: new Uint8Array(batchSize),
        active: ones,
        learnable: ones,
      },
    ],
    finalObservations: observations,
    finalState: observations,
  };
}

function sampleValues(random: RandomStream, count: number): Float32Array {
  return Float32Array.from({ length: count }, () => random.normal());
}
