import { RppError } from '@rppkit/spec';
import { expect } from 'vitest';
import { type SearcherCheck, type SearcherSubject, searchSubject } from './searcher-subject.ts';
import { createWatchedSource } from './watched-source.ts';

/** Calls: their number, their progress, and their end. */
export const budgetChecks: readonly SearcherCheck[] = [
  {
    name: 'never makes more calls than its budget, and counts those it makes',
    async run(subject) {
      const fewest = computeFewest(subject);
      expect(Number.isInteger(fewest) && fewest >= 1, `a positive integer as fewest calls, received ${fewest}`).toBe(
        true,
      );
      expect(fewest, 'fewest calls, of those that the subject searches with').toBeLessThanOrEqual(subject.calls);
      for (const calls of [fewest, fewest + 1, subject.calls]) {
        const { source, trials } = createWatchedSource();
        const found = await searchSubject(subject, source, { calls });
        expect(trials.length, `trials asked with a budget of ${calls}`).toBeLessThanOrEqual(calls);
        expect(found.calls, `calls of what was found with a budget of ${calls}`).toBe(trials.length);
      }
    },
  },
  {
    name: 'refuses a budget below the fewest calls before it asks',
    async run(subject) {
      for (const calls of [computeFewest(subject) - 1, 0, -1, computeFewest(subject) + 0.5, Number.NaN]) {
        const { source, trials } = createWatchedSource();
        const outcome = await searchSubject(subject, source, { calls }).then(
          () => 'found something',
          (error: unknown) => (RppError.isInstance(error) ? error.code : error),
        );
        expect(outcome, `a budget of ${calls}; INVALID_ARGUMENT is the code of InvalidArgumentError`).toBe(
          'INVALID_ARGUMENT',
        );
        expect(trials.length, `trials asked with a budget of ${calls}`).toBe(0);
      }
    },
  },
  {
    name: 'reports rising numbers of calls, the last of them all',
    async run(subject) {
      const { source, trials } = createWatchedSource();
      const seen: number[] = [];
      const found = await searchSubject(subject, source, {
        onProgress({ calls }) {
          expect(calls, 'calls reported, of those asked so far').toBeLessThanOrEqual(trials.length);
          seen.push(calls);
        },
      });
      expect(seen, 'calls of each onProgress, without repeats and rising').toEqual(
        [...new Set(seen)].sort((left, right) => left - right),
      );
      expect(seen.at(-1), 'calls of the last onProgress').toBe(found.calls);
    },
  },
  {
    name: 'rejects with the reason of its signal and asks no more',
    async run(subject) {
      const reason = new Error('enough');
      const early = createWatchedSource();
      const before = await searchSubject(subject, early.source, { signal: AbortSignal.abort(reason) }).catch(
        (error: unknown) => error,
      );
      expect(before, 'a search with an aborted signal').toBe(reason);
      expect(early.trials.length, 'trials asked with an aborted signal').toBe(0);

      const controller = new AbortController();
      let heard: boolean | undefined;
      // The answers come all the same: they may have been at hand.
      const late = createWatchedSource({
        onAsk(signal) {
          controller.abort(reason);
          heard ??= signal?.aborted;
        },
      });
      const during = await searchSubject(subject, late.source, { signal: controller.signal }).catch(
        (error: unknown) => error,
      );
      expect(during, 'a search that is aborted while it asks').toBe(reason);
      expect(late.asks, 'times that the source was asked, aborted in the first').toBe(1);
      expect(heard, 'whether the source got a signal that was aborted').toBe(true);
    },
  },
];

function computeFewest({ create, encoders }: SearcherSubject): number {
  return create({ encoders }).computeFewestCalls(createWatchedSource().source);
}
