import { fromFunction, withConcurrencyLimit } from '@rppkit/env';
import { TextModelError } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createHold } from './hold.ts';

const request = { messages: [{ role: 'user' as const, text: 'rank' }], sampleIndex: 0, purpose: 'rank' as const };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('ends held calls only when those under way have ended', async () => {
  const finish: (() => void)[] = [];
  const slow = fromFunction({
    id: 'slow',
    answer: () => new Promise<string>((resolve) => finish.push(() => resolve('answer'))),
  });
  const hold = createHold();
  const model = withConcurrencyLimit(hold.guard(slow), 2);
  const outcomes: string[] = [];
  const calls = [0, 1, 2].map(() =>
    model.generate(request).then(
      ({ text }) => outcomes.push(text),
      (error: TextModelError) => outcomes.push(error.failure),
    ),
  );
  await turn();
  expect(finish).toHaveLength(2);
  hold.begin();
  finish[0]!();
  await turn();
  await turn();
  expect(outcomes).toEqual(['answer']);
  finish[1]!();
  await Promise.all(calls);
  expect(outcomes).toEqual(['answer', 'answer', 'aborted']);
  expect(finish).toHaveLength(2);
});

it('ends what waits between two attempts with the held calls', async () => {
  const finish: (() => void)[] = [];
  const slow = fromFunction({
    id: 'slow',
    answer: () => new Promise<string>((resolve) => finish.push(() => resolve('answer'))),
  });
  const hold = createHold();
  const outcomes: string[] = [];
  const call = hold.guard(slow).generate(request);
  void call.then(() => outcomes.push('answer'));
  await turn();
  const waiting = hold.clock.wait(3_600_000).catch((error: TextModelError) => outcomes.push(error.failure));
  hold.begin();
  await turn();
  await turn();
  expect({ outcomes: [...outcomes], underWay: hold.underWay() }).toEqual({ outcomes: [], underWay: 1 });
  finish[0]!();
  await waiting;
  expect({ outcomes, underWay: hold.underWay() }).toEqual({ outcomes: ['answer', 'aborted'], underWay: 0 });
});

it('holds from the first call that must end all, and says why once', async () => {
  const reasons: string[] = [];
  const hold = createHold();
  const spent = { id: 'spent', generate: () => Promise.reject(new TextModelError('budget', 'spent')) };
  const model = hold.endAt(spent, {
    ends: () => true,
    onEnd: (error) => reasons.push((error as TextModelError).message),
  });
  const failures = await Promise.all(
    [0, 1].map(() => model.generate(request).catch((error: TextModelError) => error.failure)),
  );
  expect(failures).toEqual(['aborted', 'aborted']);
  expect(reasons).toEqual(['spent']);
});
