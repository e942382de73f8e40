import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askOrders } from './ask-orders.ts';
import { createExampleTask, exampleSpace, readShownTitles, renderAnswer } from './testing/example-tasks.ts';
import { fromFunction } from './text-models/from-function.ts';

const { task } = createExampleTask(0, { candidates: 2 });
const model = fromFunction({ id: 'echo', answer: (request) => renderAnswer(readShownTitles(request)) });
const request = { task, choice: [0, 0, 0, 0] };

describe('askOrders', () => {
  it('never gives two askings of a task one order and one sample index', async () => {
    const schedules = fc
      .record({ rounds: fc.integer({ min: 1, max: 3 }), candidateOrders: fc.integer({ min: 1, max: 5 }) })
      .chain(({ rounds, candidateOrders }) =>
        fc.record({
          rounds: fc.constant(rounds),
          candidateOrders: fc.constant(candidateOrders),
          ordersPerPrompt: fc.integer({ min: 1, max: candidateOrders }),
        }),
      );
    await fc.assert(
      fc.asyncProperty(schedules, async (schedule) => {
        const seen: string[] = [];
        for (let visit = 0; visit < 4; visit++) {
          for (let round = 0; round < schedule.rounds; round++) {
            const asked = await askOrders(request, { ...schedule, visit, round }, { model, space: exampleSpace });
            expect(new Set(asked.map(({ orderIndex }) => orderIndex)).size).toBe(schedule.ordersPerPrompt);
            for (const { orderIndex } of asked) expect(orderIndex).toBeLessThan(schedule.candidateOrders);
            seen.push(...asked.map(({ orderIndex, sampleIndex }) => `${orderIndex}/${sampleIndex}`));
          }
        }
        expect(new Set(seen).size).toBe(seen.length);
      }),
      { numRuns: 30 },
    );
  });

  it('asks nothing where the signal is aborted', async () => {
    let calls = 0;
    const counting = fromFunction({ id: 'counting', answer: () => String(calls++) });
    const schedule = { visit: 0, round: 0, rounds: 1, candidateOrders: 2, ordersPerPrompt: 2 };
    const asking = { model: counting, space: exampleSpace, signal: AbortSignal.abort() };
    await expect(askOrders(request, schedule, asking)).rejects.toMatchObject({ failure: 'aborted' });
    expect(calls).toBe(0);
  });
});
