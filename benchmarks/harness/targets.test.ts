import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLocalHost } from './local-host.ts';
import { judgeFigures, parseTargets, type Target } from './targets.ts';

const atMost: Target = { bench: 'speed/a', figure: 'time', bound: { atMost: 10 }, unit: 'ms', source: 'issue 1' };
const atLeast: Target = {
  bench: 'speed/a',
  figure: 'rate',
  bound: { atLeast: 0.5 },
  unit: 'answers',
  source: 'issue 1',
  needs: 'RPPKIT_DATA',
};
const elsewhere: Target = { ...atMost, bench: 'speed/b' };

const judge = (figures: Readonly<Record<string, number>>, needs: readonly string[] = []): [string, boolean][] =>
  judgeFigures('speed/a', figures, [atMost, atLeast, elsewhere], new Set(needs)).map(({ line, failed }) => [
    line,
    failed,
  ]);

describe('judgeFigures', () => {
  it('prints figure, bound and verdict, bounds included', () => {
    expect(judge({ time: 10, rate: 0.5 })).toEqual([
      ['speed/a time: at most 10 ms: measured 10: met', false],
      ['speed/a rate: at least 0.5 answers: measured 0.5: met', false],
    ]);
  });

  it('fails a miss on either side', () => {
    expect(judge({ time: 10.001, rate: 0.4999 })).toEqual([
      ['speed/a time: at most 10 ms: measured 10: MISSED', true],
      ['speed/a rate: at least 0.5 answers: measured 0.4999: MISSED', true],
    ]);
  });

  it('fails what is not a number', () => {
    expect(judge({ time: Number.NaN, rate: Number.NaN }).map(([, failed]) => failed)).toEqual([true, true]);
  });

  it('fails a bound without a figure, but not where its need is absent', () => {
    expect(judge({})).toEqual([
      ['speed/a time: at most 10 ms: FAILED, the bench gave no such figure', true],
      ['speed/a rate: at least 0.5 answers: not measured here (needs RPPKIT_DATA)', false],
    ]);
    expect(judge({ time: 1 }, ['RPPKIT_DATA'])[1]).toEqual([
      'speed/a rate: at least 0.5 answers: FAILED, the bench gave no such figure',
      true,
    ]);
  });

  it('fails a figure without a bound', () => {
    expect(judge({ time: 1, rate: 1, extra: 2 })[2]).toEqual([
      'speed/a extra: measured 2: FAILED, no bound in targets.json',
      true,
    ]);
  });
});

describe('parseTargets', () => {
  it.each([
    [{ ...atMost, bound: { atMost: 1, atLeast: 0 } }, 'bound'],
    [{ ...atMost, bound: { below: 1 } }, 'bound'],
    [{ ...atMost, bound: { atMost: '1' } }, 'bound'],
    [{ ...atMost, source: '' }, 'source'],
    [{ ...atMost, needs: 'luck' }, 'needs to be one of RPPKIT_DATA'],
  ])('rejects %j', (target, message) => {
    expect(() => parseTargets([target], ['RPPKIT_DATA'])).toThrow(message);
  });

  it('rejects two bounds of one figure', () => {
    expect(() => parseTargets([atMost, atMost], [])).toThrow('one bound a figure');
  });

  it('accepts the committed file, whose benches exist', () => {
    const host = createLocalHost();
    const targets = host.readTargets();
    const file = JSON.parse(readFileSync(new URL('../targets.json', import.meta.url), 'utf8')) as unknown[];
    expect(targets).toHaveLength(file.length);
    for (const { bench } of targets) expect(host.names).toContain(bench);
  });
});
