import { type TextModel, TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createTimedModel } from '../testing/timed-model.ts';
import { fromFunction } from './from-function.ts';
import { withTimeout } from './with-timeout.ts';

const ask = (signal?: AbortSignal): TextRequest => ({
  messages: [{ role: 'user', text: 'a' }],
  sampleIndex: 0,
  purpose: 'rank',
  ...(signal === undefined ? {} : { signal }),
});

/** Heeds no signal and never answers. */
const deaf: TextModel = { id: 'deaf', generate: () => new Promise(() => {}) };

describeTextModel({
  name: 'model with a timeout',
  create: async () => ({ model: withTimeout(fromFunction({ id: 'm', answer: () => 'x' }), 1000) }),
});

describe('withTimeout', () => {
  it('passes answers and failures that come in time, and leaves no wait behind', async () => {
    const clock = createManualClock();
    const failure = new TextModelError('server', 'down');
    const model = createTimedModel({
      clock,
      outcome: (_, index) => ({ afterMs: 99, answer: index === 0 ? 'fine' : failure }),
    });
    const timed = withTimeout(model, 100, { clock });
    const controller = new AbortController();
    expect((await clock.run(timed.generate(ask(controller.signal)))).text).toBe('fine');
    await expect(clock.run(timed.generate(ask()))).rejects.toBe(failure);
    expect(clock.waiting).toBe(0);
    expect(timed.id).toBe('timed');
  });

  it('gives up in time, possibly paid, and stops the call', async () => {
    const clock = createManualClock();
    const model = createTimedModel({ clock, outcome: () => ({ afterMs: 101, answer: 'late' }) });
    const call = clock.run(withTimeout(model, 100, { clock }).generate(ask(new AbortController().signal)));
    await expect(call).rejects.toMatchObject({ failure: 'timeout', possiblyPaid: true, transient: true });
    expect(clock.now()).toBe(100);
    expect(model.running).toBe(0);
  });

  it('gives up in time where the model heeds no signal', async () => {
    const clock = createManualClock();
    const timed = withTimeout(deaf, 100, { clock });
    await expect(clock.run(timed.generate(ask()))).rejects.toMatchObject({ failure: 'timeout' });
    const controller = new AbortController();
    const aborted = timed.generate(ask(controller.signal));
    controller.abort();
    await expect(clock.run(aborted)).rejects.toMatchObject({ failure: 'aborted', possiblyPaid: true });
    expect(clock.now()).toBe(200);
  });

  it('passes the abort of the caller on', async () => {
    const clock = createManualClock();
    const model = createTimedModel({ clock, outcome: () => ({ afterMs: 50, answer: 'x' }) });
    const controller = new AbortController();
    const call = withTimeout(model, 100, { clock }).generate(ask(controller.signal));
    controller.abort();
    await expect(call).rejects.toMatchObject({ failure: 'aborted' });
    expect(clock.now()).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s ms', (ms) => {
    expect(() => withTimeout(deaf, ms)).toThrow('Expected ms to be a finite number above 0');
  });
});
