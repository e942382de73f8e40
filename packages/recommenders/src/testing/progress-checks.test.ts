import type { FitProgress } from '../recommender.ts';
import { createCounting, describeBrokenRecommenders } from './broken-recommenders.fixture.ts';
import { progressChecks } from './progress-checks.ts';
import type { RecommenderSubject } from './recommender-subject.ts';

type OnProgress = (progress: FitProgress) => unknown;

/** Counts, and calls what `alter` makes of the caller's `onProgress`. */
const alterProgress = (alter: (onProgress: OnProgress) => OnProgress): Partial<RecommenderSubject> =>
  createCounting({
    alterOptions: ({ onProgress = () => undefined, ...options }) => ({ ...options, onProgress: alter(onProgress) }),
  });

const stops = 'stops where onProgress returns "stop" or a promise of it';
const rejects = 'rejects with what onProgress throws or rejects with';

describeBrokenRecommenders('progress', progressChecks, [
  {
    what: 'deaf ears for an aborted signal',
    subject: createCounting({ alterOptions: ({ signal: _, ...options }) => options }),
    fails: 'rejects with the reason of its signal, before and during a fit',
  },
  {
    what: 'progress that begins at 0',
    subject: alterProgress((onProgress) => (progress) => onProgress({ ...progress, done: progress.done - 1 })),
    fails: 'counts its progress from 1 to the total',
  },
  {
    what: 'deaf ears for "stop"',
    subject: alterProgress((onProgress) => async (progress) => void (await onProgress(progress))),
    fails: stops,
  },
  {
    what: 'deaf ears for a promise of "stop"',
    subject: alterProgress((onProgress) => async (progress) => {
      const answer = onProgress(progress);
      return answer instanceof Promise ? void (await answer) : answer;
    }),
    fails: stops,
  },
  {
    what: 'errors of onProgress that are swallowed',
    subject: alterProgress((onProgress) => async (progress) => {
      try {
        return await onProgress(progress);
      } catch {
        return 'stop';
      }
    }),
    fails: rejects,
  },
  {
    what: 'errors of onProgress that are wrapped in others',
    subject: alterProgress((onProgress) => async (progress) => {
      try {
        return await onProgress(progress);
      } catch (cause) {
        throw new Error('the fit failed', { cause });
      }
    }),
    fails: rejects,
  },
  {
    what: 'snapshots that go on learning',
    subject: createCounting({ share: (counts) => counts }),
    fails: 'leaves a snapshot as it is when the fit goes on',
  },
]);
