import { describe, expect, it } from 'vitest';
import { renderMetricsCsv } from './metrics-csv.ts';

describe('renderMetricsCsv', () => {
  it('has a column for every metric, in the order of first appearance, and empty fields for what a row lacks', () => {
    const rows = [
      { 'time/iterations': 1, 'train/value_loss': 0.5 },
      { 'eval/mean_reward': 0.1, 'time/iterations': 1 },
      { 'train/value_loss': -2e-7, 'time/iterations': 2, 'train/approx_kl': 0 },
    ];
    expect(renderMetricsCsv(rows)).toBe(
      'time/iterations,train/value_loss,eval/mean_reward,train/approx_kl\r\n1,0.5,,\r\n1,,0.1,\r\n2,-2e-7,,0\r\n',
    );
  });

  it('writes numbers that read back as the same', () => {
    const values = [0.1 + 0.2, 1e21, 5e-324, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0];
    const [, ...lines] = renderMetricsCsv(values.map((value) => ({ value }))).split('\r\n');
    expect(lines.slice(0, -1).map(Number)).toEqual(values);
  });

  it('quotes what RFC 4180 says', () => {
    expect(renderMetricsCsv([{ 'a,b': 1, 'a "b"': 2, 'a\nb': 3, 'a\rb': 4, 'a b': 5 }])).toBe(
      '"a,b","a ""b""","a\nb","a\rb",a b\r\n1,2,3,4,5\r\n',
    );
  });

  it('leaves no line empty, and nothing of nothing', () => {
    expect(renderMetricsCsv([{ a: 1 }, {}])).toBe('a\r\n1\r\n""\r\n');
    expect(renderMetricsCsv([])).toBe('');
    expect(renderMetricsCsv([{}])).toBe('');
  });
});
