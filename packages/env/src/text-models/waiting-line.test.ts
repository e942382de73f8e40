import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createWaitingLine } from './waiting-line.ts';

describe('createWaitingLine', () => {
  it('asks about the first again when its time is over, in whole milliseconds', async () => {
    const clock = createManualClock();
    const asked: number[] = [];
    const line = createWaitingLine<number>({
      clock,
      admit(opensAt) {
        asked.push(clock.now());
        return Math.max(0, opensAt - clock.now());
      },
    });
    const entered: number[] = [];
    for (const opensAt of [10.25, 5, 0]) void line.enter(opensAt, undefined).then(() => entered.push(opensAt));
    expect(line.length).toBe(3);
    await clock.advance(10);
    expect(entered).toEqual([]);
    await clock.advance(1);
    // 10.25 is over at 11; nobody overtook.
    expect(entered).toEqual([10.25, 5, 0]);
    expect(asked).toEqual([0, 11, 11, 11]);
    expect(clock.waiting).toBe(0);
  });

  it('asks about the next at once when the first gives up, and about nobody when another does', async () => {
    const clock = createManualClock();
    let room = 1;
    let asked = 0;
    const line = createWaitingLine<number>({
      clock,
      admit(wanted) {
        asked++;
        if (wanted > room) return 1000;
        room -= wanted;
        return 0;
      },
    });
    const controllers = [0, 1, 2].map(() => new AbortController());
    const big = line.enter(2, controllers[0]!.signal);
    const leaver = line.enter(1, controllers[1]!.signal);
    const small = line.enter(1, controllers[2]!.signal);
    controllers[1]!.abort();
    await expect(leaver).rejects.toMatchObject({ failure: 'aborted' });
    expect(asked).toBe(1);
    controllers[0]!.abort();
    await expect(big).rejects.toMatchObject({ failure: 'aborted' });
    await small;
    expect(room).toBe(0);
    expect(line.length).toBe(0);
    // No alarm is left to keep a process alive, and an abort after the entry changes nothing.
    expect(clock.waiting).toBe(0);
    controllers[2]!.abort();
    expect(line.length).toBe(0);
  });

  it('lets all leave together that share a signal, and listens to it once and only while somebody waits', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const [added, removed] = [vi.spyOn(signal, 'addEventListener'), vi.spyOn(signal, 'removeEventListener')];
    let places = 0;
    const line = createWaitingLine<number>({
      admit() {
        if (places === 0) return Infinity;
        places--;
        return 0;
      },
    });
    const first = line.enter(0, signal);
    places = 1;
    line.advance();
    await first;
    expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1]);
    const leavers = Promise.allSettled([1, 2, 3].map((ticket) => line.enter(ticket, signal)));
    const stayer = line.enter(4, undefined);
    expect(added).toHaveBeenCalledTimes(2);
    places = 1;
    line.advance();
    controller.abort();
    expect((await leavers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    places = 1;
    line.advance();
    await stayer;
    expect([line.length, places]).toEqual([0, 0]);
  });

  it('lets everybody in once and in order, however places come and waiters go', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('enter', 'follow', 'leave', 'free'), { maxLength: 80 }),
        async (events) => {
          let places = 0;
          const line = createWaitingLine<void>({
            admit() {
              if (places === 0) return Infinity;
              places--;
              return 0;
            },
          });
          const entered: number[] = [];
          const waiting: { readonly index: number; readonly controller: AbortController }[] = [];
          const gone = new Set<number>();
          let freed = 0;
          for (const [index, event] of events.entries()) {
            if (event === 'enter' || event === 'follow') {
              const last = waiting.at(-1)?.controller;
              // A follower shares the signal of the one before.
              const controller = event === 'follow' && last?.signal.aborted === false ? last : new AbortController();
              waiting.push({ index, controller });
              line.enter(undefined, controller.signal).then(
                () => entered.push(index),
                () => gone.add(index),
              );
            } else if (event === 'free') {
              freed++;
              places++;
              line.advance();
            } else {
              // Sometimes one that is in already.
              waiting[Math.floor(waiting.length / 2)]?.controller.abort();
            }
          }
          await new Promise((resolve) => setImmediate(resolve));
          expect(entered).toEqual(entered.toSorted((left, right) => left - right));
          expect(entered.length + gone.size + line.length).toBe(waiting.length);
          expect(entered.length + places).toBe(freed);
          if (line.length > 0) expect(places).toBe(0);
        },
      ),
    );
  });

  it('forgets whom it let in, and keeps the order over long lines', async () => {
    let places = 0;
    const line = createWaitingLine<number>({
      admit() {
        if (places === 0) return Infinity;
        places--;
        return 0;
      },
    });
    const entered: number[] = [];
    const total = 5000;
    const calls = Array.from({ length: total }, (_, index) =>
      line.enter(index, undefined).then(() => {
        entered.push(index);
        places++;
        line.advance();
      }),
    );
    places = 3;
    line.advance();
    await Promise.all(calls);
    expect(entered).toEqual(Array.from({ length: total }, (_, index) => index));
  });
});
