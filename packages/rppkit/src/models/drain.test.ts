import { fromFunction, withConcurrencyLimit } from '@rppkit/env';
import { expect, it } from 'vitest';
import { createDrain } from './drain.ts';

it('waits for calls under way and sends none that waits for its turn', async () => {
  const finish: (() => void)[] = [];
  const model = fromFunction({
    id: 'slow',
    answer: () => new Promise<string>((resolve) => finish.push(() => resolve('answer'))),
  });
  const drain = createDrain();
  const drained = drain.track(withConcurrencyLimit(drain.guard(model), 2));
  const request = { messages: [{ role: 'user' as const, text: 'rank' }], sampleIndex: 0, purpose: 'rank' as const };
  const calls = [0, 1, 2, 3].map(() =>
    drained.generate(request).then(
      ({ text }) => text,
      (error: Error) => error.message,
    ),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(finish).toHaveLength(2);
  let ended = false;
  const closing = drain.close().then(() => {
    ended = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(ended).toBe(false);
  for (const end of finish) end();
  await closing;
  expect(await Promise.all(calls)).toEqual(['answer', 'answer', 'The run has ended.', 'The run has ended.']);
  expect(finish).toHaveLength(2);
});
