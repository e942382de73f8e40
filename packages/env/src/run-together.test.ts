import { TextModelError } from '@rppkit/spec';
import { describe, expect, it, vi } from 'vitest';
import { runTogether } from './run-together.ts';
import { fromFunction } from './text-models/from-function.ts';
import { withConcurrencyLimit } from './text-models/with-concurrency-limit.ts';

describe('runTogether', () => {
  it('gives the results in order', async () => {
    const run = async (index: number): Promise<number> => {
      for (let turn = index; turn < 3; turn++) await Promise.resolve();
      return index * 10;
    };
    expect(await runTogether(3, run, undefined)).toEqual([0, 10, 20]);
    expect(await runTogether(0, run, undefined)).toEqual([]);
  });

  it('sends nothing that still waits once one was rejected, and rejects with its error', async () => {
    let sent = 0;
    const model = withConcurrencyLimit(
      fromFunction({
        id: 'rejected key',
        async answer() {
          sent++;
          await new Promise((resolve) => setTimeout(resolve));
          throw new TextModelError('authentication', 'no');
        },
      }),
      2,
    );
    const run = (sampleIndex: number, signal: AbortSignal) =>
      model.generate({ messages: [], sampleIndex, purpose: 'rank', signal });
    await expect(runTogether(50, run, undefined)).rejects.toMatchObject({ failure: 'authentication' });
    await new Promise((resolve) => setTimeout(resolve));
    // Two at a time; one more may have taken the free place before the rejection was seen.
    expect(sent).toBeLessThan(5);
  });

  it('gives each a signal of its own, so that Node does not warn of a leak', async () => {
    const signals = await runTogether(20, async (_index, signal) => signal, new AbortController().signal);
    expect(new Set(signals).size).toBe(20);
    expect(signals.some(({ aborted }) => aborted)).toBe(false);
  });

  it('passes an abort on, with its reason, and lets go of the signal', async () => {
    const controller = new AbortController();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    await runTogether(2, async () => 0, controller.signal);
    expect(removed).toHaveBeenCalledOnce();

    const hang = (_index: number, signal: AbortSignal): Promise<never> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const run = runTogether(2, hang, controller.signal);
    controller.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
    const seen = async (_index: number, signal: AbortSignal): Promise<boolean> => signal.aborted;
    expect(await runTogether(1, seen, controller.signal)).toEqual([true]);
  });
});
