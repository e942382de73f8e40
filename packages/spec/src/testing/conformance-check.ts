import { describe, it } from 'vitest';

/** One rule of a seam: `run` throws an assertion error whose message names the likely mistake. */
export interface ConformanceCheck<Subject> {
  readonly name: string;
  run(subject: Subject): Promise<void>;
}

/** Something under test with its resources. */
export interface ConformanceSubject<Subject> {
  readonly subject: Subject;
  close(): Promise<void>;
}

/** Declares one test a check, each on a subject of its own that is closed afterwards. */
export function describeConformance<Subject>(
  title: string,
  checks: readonly ConformanceCheck<Subject>[],
  create: () => Promise<ConformanceSubject<Subject>>,
): void {
  describe(title, () => {
    it.each(checks.map((check) => [check.name, check] as const))('%s', async (_name, check) => {
      const { subject, close } = await create();
      try {
        await check.run(subject);
      } finally {
        await close();
      }
    });
  });
}
