import type { VectorEnvironment } from '../vector-environment.ts';
import { describeConformance } from './conformance-check.ts';
import { vectorEnvironmentChecks } from './vector-environment-checks.ts';

export interface VectorEnvironmentConformanceOptions {
  /** Shown in the test report. */
  readonly name: string;
  /** A fresh environment each time; two of them must not differ, so a model behind it answers alike. */
  readonly create: () => Promise<{ readonly environment: VectorEnvironment; close?(): Promise<void> | void }>;
}

/**
 * Declares the conformance tests of `VectorEnvironment` for one implementation: declared spaces, layout, shapes, masks,
 * seed determinism, ended rows, and what `step` must reject. Episodes take first legal actions and may last 1,000 steps.
 */
export function describeVectorEnvironment({ name, create }: VectorEnvironmentConformanceOptions): void {
  describeConformance(`VectorEnvironment: ${name}`, vectorEnvironmentChecks, async () => {
    const opened: { close?(): Promise<void> | void }[] = [];
    const createEnvironment = async (): Promise<VectorEnvironment> => {
      const created = await create();
      opened.push(created);
      return created.environment;
    };
    return {
      subject: { create: createEnvironment },
      close: async () => {
        for (const created of opened) await created.close?.();
      },
    };
  });
}
