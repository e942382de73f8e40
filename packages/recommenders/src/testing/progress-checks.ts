import { expect } from 'vitest';
import type { FitOptions, FittedRecommender } from '../recommender.ts';
import { createExampleTasks } from './example-tasks.ts';
import { fitSubject, type RecommenderCheck, type RecommenderSubject } from './recommender-subject.ts';

/** Cancellation, progress and snapshots. An algorithm that reports no progress has only its signal to obey. */
export const progressChecks: readonly RecommenderCheck[] = [
  {
    name: 'rejects with the reason of its signal, before and during a fit',
    async run(subject) {
      const reason = new Error('enough');
      const before = AbortSignal.abort(reason);
      await expect(fitSubject(subject, { signal: before }), 'a fit with an aborted signal').rejects.toBe(reason);
      const controller = new AbortController();
      const { calls, outcome } = await watchFit(subject, () => controller.abort(reason), controller.signal);
      if (calls > 0) expect(outcome, 'a fit that is aborted in onProgress').toBe(reason);
      expect(calls, 'calls of onProgress after the abort').toBeLessThanOrEqual(1);
    },
  },
  {
    name: 'counts its progress from 1 to the total',
    async run(subject) {
      const seen: number[] = [];
      let total = 0;
      await fitSubject(subject, {
        onProgress(progress) {
          seen.push(progress.done);
          total = progress.total;
          if (progress.loss !== undefined) expect(progress.loss, 'the loss').toSatisfy(Number.isFinite);
        },
      });
      expect(seen, 'done of each call of onProgress').toEqual(Array.from({ length: total }, (_, step) => step + 1));
    },
  },
  {
    name: 'stops where onProgress returns "stop" or a promise of it',
    async run(subject) {
      for (const [what, answer] of [
        ['"stop"', 'stop'],
        ['a promise of "stop"', Promise.resolve('stop')],
      ] as const) {
        let snapshot: FittedRecommender | undefined;
        const { calls, outcome } = await watchFit(subject, (progress) => {
          snapshot = progress.snapshot();
          return answer;
        });
        if (calls === 0) return;
        expect(calls, `calls of onProgress, the first of which returned ${what}`).toBe(1);
        expect((outcome as FittedRecommender).save(), 'a stopped fit keeps what the snapshot showed').toEqual(
          snapshot?.save(),
        );
      }
    },
  },
  {
    name: 'rejects with what onProgress throws or rejects with',
    async run(subject) {
      const reason = new Error('no more');
      for (const [what, onProgress] of [
        [
          'throws',
          () => {
            throw reason;
          },
        ],
        ['rejects', () => Promise.reject(reason)],
      ] as const) {
        const { calls, outcome } = await watchFit(subject, onProgress);
        if (calls === 0) return;
        expect(outcome, `a fit whose onProgress ${what}`).toBe(reason);
        expect(calls, `calls of an onProgress that ${what}`).toBe(1);
      }
    },
  },
  {
    name: 'leaves a snapshot as it is when the fit goes on',
    async run(subject) {
      let early: FittedRecommender | undefined;
      const look = (fitted: FittedRecommender): unknown => [
        createExampleTasks(subject.interactions).map((task) => [fitted.score(task), fitted.scoreItems(task)]),
        fitted.save(),
      ];
      let before: unknown;
      await fitSubject(subject, {
        onProgress(progress) {
          if (early !== undefined) return;
          early = progress.snapshot();
          before = look(early);
        },
      });
      if (early !== undefined) expect(look(early), 'scores and state of the first snapshot').toEqual(before);
    },
  },
];

/** How often `onProgress` was called, and what was fitted or thrown. */
async function watchFit(
  subject: RecommenderSubject,
  onProgress: NonNullable<FitOptions['onProgress']>,
  signal?: AbortSignal,
): Promise<{ readonly calls: number; readonly outcome: unknown }> {
  let calls = 0;
  const outcome = await fitSubject(subject, {
    ...(signal !== undefined && { signal }),
    onProgress(progress) {
      calls++;
      return onProgress(progress);
    },
  }).catch((error: unknown) => error);
  return { calls, outcome };
}
