import { fitHistoryStatistics } from '@rppkit/env';
import { describe, it } from 'vitest';
import { loadFoundPrompts } from '../searchers/load-found-prompts.ts';
import { createExampleSource } from './example-source.ts';
import { searcherChecks } from './searcher-checks.ts';
import type { SearcherSubject } from './searcher-subject.ts';

/** The searcher under test. */
export interface SearcherConformanceOptions {
  /** Shown in the test report. */
  readonly name: string;
  /** A fresh searcher, of those that look at users with these encoders. */
  readonly create: SearcherSubject['create'];
  /** Restores what `save()` returned; default `loadFoundPrompts`. */
  readonly load?: SearcherSubject['load'];
  /**
   * With how many calls the best of the eight prompts of the example must be found, for most of its 40 users; default 1200.
   * The best puts the relevant item first in 95 % of its answers, the next one in 65 %.
   */
  readonly calls?: number;
}

/**
 * Declares the conformance tests of `Searcher` for one implementation: its budget, progress and cancellation; the same seed
 * finds the same; failed calls say nothing; a source with a sample of the prompts; legal prompts for short histories; save
 * and load. How few calls it can do with is for tests of its own.
 */
export function describeSearcher(options: SearcherConformanceOptions): void {
  const { name, create, load = loadFoundPrompts, calls = 1200 } = options;
  describe(`Searcher: ${name}`, () => {
    const encoders = [fitHistoryStatistics(createExampleSource().tasks.map(({ task }) => task))];
    it.each(searcherChecks.map((check) => [check.name, check] as const))('%s', async (_name, check) => {
      await check.run({ create, load, encoders, calls });
    });
  });
}
