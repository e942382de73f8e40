import { describe, expect, it } from 'vitest';
import { readRetryAfter } from './read-retry-after.ts';

const read = (headers: Readonly<Record<string, string>>) => readRetryAfter((name) => headers[name]);

describe('readRetryAfter', () => {
  it.each<[Readonly<Record<string, string>>, number | undefined]>([
    [{}, undefined],
    [{ 'retry-after': '20' }, 20_000],
    [{ 'retry-after': ' 0.5 ' }, 500],
    [{ 'retry-after-ms': '1234', 'retry-after': '99' }, 1234],
    [{ 'retry-after-ms': 'x', 'retry-after': '1' }, 1000],
    [{ 'retry-after': '-1' }, undefined],
    [{ 'retry-after': '' }, undefined],
    // 30 seconds after the moment of the answer.
    [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:30 GMT', date: 'Wed, 21 Oct 2015 07:28:00 GMT' }, 30_000],
    [{ 'retry-after': 'Wed, 21 Oct 2015 07:27:00 GMT', date: 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
    [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:30 GMT' }, undefined],
  ])('reads %j as %s', (headers, expected) => {
    expect(read(headers)).toBe(expected);
  });
});
