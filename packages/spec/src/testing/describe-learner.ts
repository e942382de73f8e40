import type { Learner } from '../learner.ts';
import { describeConformance } from './conformance-check.ts';
import { learnerChecks } from './learner-checks.ts';

export interface LearnerConformanceOptions {
  /** Shown in the test report. */
  readonly name: string;
  /** Length of the central state that the learner was created for. */
  readonly stateSize: number;
  /** A fresh learner for every test. It is disposed of once, then `close` is called. */
  readonly create: () => Promise<{ readonly learner: Learner; close?(): Promise<void> | void }>;
}

/**
 * Declares the conformance tests of `Learner` for one implementation: shapes, masks, determinism, rows that are not
 * learnable, widening, disposal. Whether it learns well is for tests of its own.
 */
export function describeLearner({ name, stateSize, create }: LearnerConformanceOptions): void {
  describeConformance(`Learner: ${name}`, learnerChecks, async () => {
    const { learner, close } = await create();
    let disposed = false;
    const dispose = (): void => {
      if (!disposed) learner.dispose();
      disposed = true;
    };
    return {
      subject: { learner, stateSize, dispose },
      close: async () => {
        dispose();
        await close?.();
      },
    };
  });
}
