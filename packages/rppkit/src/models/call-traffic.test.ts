import { type TextModel, TextModelError } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createCallTraffic } from './call-traffic.ts';

const request = { messages: [], sampleIndex: 0, purpose: 'rank' } as const;

it('counts requests under way, and remembers the longest pause that a provider asked for', async () => {
  const traffic = createCallTraffic({ maximum: 8, now: () => 1000 });
  const refusals = [2000, 500, 90_000, undefined];
  let underWay = 0;
  const model: TextModel = {
    id: 'busy',
    async generate() {
      underWay = traffic.underWay();
      throw new TextModelError('rate-limit', 'later', { retryAfterMs: refusals.shift() });
    },
  };
  const watched = traffic.watch(model);
  const pauses: number[] = [];
  for (let call = 0; call < 4; call++) {
    await expect(watched.generate(request)).rejects.toThrow('later');
    pauses.push(traffic.rateLimit().pausedUntil);
  }
  // The third is cut to a minute.
  expect(pauses).toEqual([3000, 3000, 61_000, 61_000]);
  expect([underWay, traffic.underWay()]).toEqual([1, 0]);
  traffic.setLimit(4);
  expect(traffic.rateLimit()).toMatchObject({ limit: 4, maximum: 8, refused: 4 });
});
