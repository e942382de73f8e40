import { selectBackend } from '@rppkit/backend';
import { createRandomStream, InvalidArgumentError, type UpdateMetrics } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMaa2c } from '../algorithms/maa2c.ts';
import { createMappo } from '../algorithms/mappo.ts';
import { createVdn } from '../algorithms/vdn.ts';
import type { MarlLearner } from '../learner/create-learner.ts';
import { createTwoStepGame } from '../testing/games.ts';
import { type Checkpoint, createCheckpoint } from './checkpoint.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-codec.ts';
import { train } from './train.ts';
import type { TrainingResult } from './training-callbacks.ts';

const space = createTwoStepGame();
const learners: Readonly<Record<string, () => MarlLearner>> = {
  // A schedule counts updates, a normaliser and a replay memory are kept beside the weights.
  maa2c: () =>
    createMaa2c(space, {
      random: createRandomStream(3),
      hiddenSizes: [4],
      actorLearningRate: { from: 0.1, to: 0.01, updates: 8 },
    }),
  mappo: () => createMappo(space, { random: createRandomStream(3), hiddenSizes: [4], minibatches: 2 }),
  vdn: () => createVdn(space, { random: createRandomStream(3), hiddenSizes: [4], batchSize: 8 }),
};

interface Recorded {
  readonly result: TrainingResult;
  /** Of updates and evaluations, in order. */
  readonly metrics: readonly UpdateMetrics[];
  /** Taken at every event, in order. */
  readonly checkpoints: readonly Checkpoint[];
  readonly final: Checkpoint;
}

async function record(learner: MarlLearner, updates: number, resumeFrom?: Checkpoint): Promise<Recorded> {
  const metrics: UpdateMetrics[] = [];
  const checkpoints: Checkpoint[] = [];
  const result = await train(createTwoStepGame({ batchSize: 6 }), learner, {
    budget: { updates },
    random: createRandomStream('training'),
    evaluation: { environment: createTwoStepGame({ batchSize: 2 }), seed: 1 },
    evaluationEvery: 2,
    earlyStopping: { patience: 10, minimumDelta: 0.25 },
    callbacks: {
      onStart: (progress) => void checkpoints.push(createCheckpoint(learner, progress)),
      onUpdate: (progress) => {
        metrics.push(progress.metrics);
        checkpoints.push(createCheckpoint(learner, progress));
      },
      onEvaluation: (progress) => {
        metrics.push(progress.metrics);
        checkpoints.push(createCheckpoint(learner, progress));
      },
    },
    ...(resumeFrom && { resumeFrom }),
  });
  const final = createCheckpoint(learner, result);
  learner.dispose();
  return { result, metrics, checkpoints, final };
}

describe.each(['cpu', 'wasm'] as const)('resumed on %s', (backend) => {
  beforeAll(async () => {
    await selectBackend([backend]);
  });

  it.each(Object.keys(learners))(
    '%s gives the weights and metrics of the uninterrupted training from every checkpoint, bit for bit',
    async (name) => {
      const create = learners[name]!;
      const whole = await record(create(), 4);
      // One at the start, four after updates, two after evaluations.
      expect(whole.checkpoints.length).toBe(7);
      expect(whole.final.learner.tensors).not.toEqual(whole.checkpoints[0]!.learner.tensors);
      for (const [index, checkpoint] of whole.checkpoints.entries()) {
        const resumed = await record(create(), 4, decodeCheckpoint(encodeCheckpoint(checkpoint)));
        expect(resumed.metrics, `metrics after event ${index}`).toEqual(whole.metrics.slice(index));
        expect(resumed.final, `weights after event ${index}`).toEqual(whole.final);
        expect(resumed.result).toEqual(whole.result);
      }
    },
    60_000,
  );
});

describe('createCheckpoint', () => {
  beforeAll(() => tf.setBackend('cpu'));

  it('lets a training go on with a larger budget as if it had had it from the start', async () => {
    const whole = await record(learners['maa2c']!(), 6);
    const short = await record(learners['maa2c']!(), 3);
    const extended = await record(learners['maa2c']!(), 6, structuredClone(short.final));
    expect(extended.final).toEqual(whole.final);
  });

  it('is not moved by what the learner does afterwards', async () => {
    const { checkpoints } = await record(learners['vdn']!(), 4);
    const encoded = checkpoints.map((checkpoint) => encodeCheckpoint(checkpoint));
    const shorter = await record(learners['vdn']!(), 2);
    for (const [index, checkpoint] of shorter.checkpoints.entries())
      expect(encodeCheckpoint(checkpoint), `event ${index}`).toEqual(encoded[index]);
  });

  it('of another learner or architecture is refused, and the learner stays as it was', async () => {
    const { final } = await record(learners['maa2c']!(), 2);
    const wider = createMaa2c(space, { random: createRandomStream(3), hiddenSizes: [5] });
    for (const learner of [wider, learners['mappo']!()]) {
      const before = learner.save();
      const options = { budget: { updates: 4 }, random: createRandomStream('training'), resumeFrom: final };
      await expect(train(createTwoStepGame(), learner, options)).rejects.toThrow(InvalidArgumentError);
      expect(learner.save()).toEqual(before);
      learner.dispose();
    }
  });
});
