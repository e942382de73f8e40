import { createRandomStream, RppError } from '@rppkit/spec';
import { expect } from 'vitest';
import { sampledActions } from './example-source.ts';
import { chooseAll, expectBestFound, type SearcherCheck, searchSubject } from './searcher-subject.ts';
import { createWatchedSource } from './watched-source.ts';

/** What is found, from what answers. */
export const findingChecks: readonly SearcherCheck[] = [
  {
    name: 'finds a prompt that is far better than all others',
    async run(subject) {
      const { source } = createWatchedSource();
      await expectBestFound(await searchSubject(subject, source), source, 'all calls answered');
    },
  },
  {
    name: 'finds the same for the same seed',
    async run(subject) {
      const { encoders, calls } = subject;
      const searcher = subject.create({ encoders });
      const runs = [];
      for (const each of [searcher, searcher, subject.create({ encoders })]) {
        const { source, trials } = createWatchedSource();
        const found = await each.search(source, { calls, random: createRandomStream('conformance') });
        const served = await chooseAll(
          found,
          source.tasks.map(({ task }) => task),
        );
        runs.push({ trials, served, state: JSON.stringify(found.save()) });
      }
      for (const key of ['trials', 'state', 'served'] as const) {
        expect(runs[1]![key], `${key} of a second search of one searcher`).toEqual(runs[0]![key]);
        expect(runs[2]![key], `${key} of a search of a fresh searcher`).toEqual(runs[0]![key]);
      }
    },
  },
  {
    name: 'does not take failed calls for bad answers',
    async run(subject) {
      const { source } = createWatchedSource({ failures: 'best-half' });
      await expectBestFound(await searchSubject(subject, source), source, 'half of the calls of which fail');
    },
  },
  {
    name: 'rejects with NoAnswersError where every call fails',
    async run(subject) {
      const { source, trials } = createWatchedSource({ failures: 'all' });
      const outcome = await searchSubject(subject, source).then(
        () => 'found something',
        (error: unknown) => (RppError.isInstance(error) ? error.code : error),
      );
      expect(outcome, 'a search without answers; NO_ANSWERS is the code of NoAnswersError').toBe('NO_ANSWERS');
      expect(trials.length, 'trials asked before it gave up').toBeLessThanOrEqual(subject.calls);
    },
  },
  {
    name: 'searches among the prompts that a source offers',
    async run(subject) {
      // The source fails a trial of another prompt.
      const { source } = createWatchedSource({ actions: sampledActions });
      await expectBestFound(await searchSubject(subject, source), source, 'among four');
    },
  },
];
