import type { Learner } from '../learner.ts';
import { describeConformance } from './conformance-check.ts';
import { learnerChecks } from './learner-checks.ts';

export interface LearnerConformanceOptions {
  /** Shown in the test report. */
  readonly name: string;
  /** Length of the central state that the learner was created for. */
  readonly stateSize: number;
  /** Steps of the rollouts that it is shown: 1 for learners of single rounds; default 2. */
  readonly steps?: 1 | 2;
  /** A fresh learner, with the same weights every time. It is disposed of once, then `close` is called. */
  readonly create: () => Promise<{ readonly learner: Learner; close?(): Promise<void> | void }>;
}

/**
 * Declares the conformance tests of `Learner` for one implementation: shapes, masks, determinism, rows that are not
 * learnable (they may hold NaN), widening, disposal. Whether it learns well is for tests of its own.
 */
export function describeLearner({ name, stateSize, steps = 2, create }: LearnerConformanceOptions): void {
  describeConformance(`Learner: ${name}`, learnerChecks, async () => {
    const { learner, dispose, close } = await openLearner(create);
    const closers = [close];
    return {
      subject: {
        learner,
        stateSize,
        steps,
        dispose,
        createTwin: async () => {
          const twin = await openLearner(create);
          closers.push(twin.close);
          return twin.learner;
        },
      },
      close: async () => {
        for (const close of closers) await close();
      },
    };
  });
}

interface OpenLearner {
  readonly learner: Learner;
  readonly dispose: () => void;
  readonly close: () => Promise<void>;
}

async function openLearner(create: LearnerConformanceOptions['create']): Promise<OpenLearner> {
  const created = await create();
  let disposed = false;
  const dispose = (): void => {
    if (!disposed) created.learner.dispose();
    disposed = true;
  };
  return {
    learner: created.learner,
    dispose,
    close: async () => {
      dispose();
      await created.close?.();
    },
  };
}
