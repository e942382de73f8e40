import { describe, expect, it } from 'vitest';
import { createManualClock } from './manual-clock.ts';

describe('createManualClock', () => {
  it('ends waits in order of time, each before the next is looked for', async () => {
    const clock = createManualClock();
    const log: string[] = [];
    const note = (name: string) => (): void => {
      log.push(`${name} at ${clock.now()}`);
    };
    void clock.wait(30).then(note('c'));
    void clock.wait(10).then(async () => {
      note('a')();
      await clock.wait(10);
      note('b')();
    });
    void clock.wait(30).then(note('d'));
    void clock.wait(31).then(note('e'));
    await clock.advance(30);
    expect(log).toEqual(['a at 10', 'b at 20', 'c at 30', 'd at 30']);
    expect(clock.waiting).toBe(1);
    await clock.advance(0.5);
    expect(clock.now()).toBe(30.5);
    await clock.advance(0.5);
    expect(log.at(-1)).toBe('e at 31');
  });

  it('rejects aborted waits, which leave the line', async () => {
    const clock = createManualClock();
    const controller = new AbortController();
    const wait = clock.wait(5, controller.signal);
    controller.abort();
    await expect(wait).rejects.toMatchObject({ failure: 'aborted' });
    await expect(clock.wait(5, controller.signal)).rejects.toMatchObject({ failure: 'aborted' });
    expect(clock.waiting).toBe(0);
  });

  it('runs until a promise settles, and says when it cannot', async () => {
    const clock = createManualClock();
    expect(await clock.run(clock.wait(7).then(() => 'done'))).toBe('done');
    expect(clock.now()).toBe(7);
    await expect(clock.run(clock.wait(1).then(() => Promise.reject(new RangeError('mine'))))).rejects.toThrow('mine');
    await expect(clock.run(new Promise(() => {}))).rejects.toMatchObject({ code: 'CLOCK_IDLE' });
  });

  it('refuses impossible times', async () => {
    const clock = createManualClock();
    await expect(clock.wait(Number.NaN)).rejects.toThrow('Expected ms');
    await expect(clock.advance(-1)).rejects.toThrow('Expected ms');
  });
});
