import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupedAuc } from './index.ts';

type Row = readonly [score: number, gain: number, group: number];

const area = (rows: readonly Row[], change: (score: number, group: number) => number = (score) => score): number =>
  groupedAuc({
    scores: rows.map(([score, , group]) => change(score, group)),
    gains: rows.map(([, gain]) => gain),
    groups: rows.map(([, , group]) => group),
  });

/** Groups of a relevant and another row at least, with tied scores. */
const rows: fc.Arbitrary<Row[]> = fc
  .array(fc.tuple(fc.nat(4), fc.constantFrom(0, 0, 1, 2), fc.nat(3)), { minLength: 1, maxLength: 20 })
  .chain((list) => {
    const groups = [...new Set(list.map(([, , group]) => group))];
    const added = groups.flatMap((group): Row[] => [
      [1, 0, group],
      [2, 1, group],
    ]);
    return fc.shuffledSubarray([...list, ...added], { minLength: list.length + added.length });
  });

test('grouped AUC is the share of pairs in the right order, weighted by the rows of each group', () => {
  fc.assert(
    fc.property(rows, (list) => {
      let weighted = 0;
      for (const group of new Set(list.map(([, , own]) => own))) {
        const members = list.filter(([, , own]) => own === group);
        const wins = members.flatMap(([score, gain]) =>
          members
            .filter(([, otherGain]) => gain > 0 && otherGain === 0)
            .map(([other]) => (score > other ? 1 : score === other ? 0.5 : 0)),
        );
        weighted += (members.length * wins.reduce<number>((total, win) => total + win, 0)) / wins.length;
      }
      expect(area(list)).toBeCloseTo(weighted / list.length, 12);
    }),
  );
});

test('grouped AUC lies in [0, 1]: 1 for a perfect, 0 for a reversed, 1/2 for a constant scorer', () => {
  fc.assert(
    fc.property(rows, (list) => {
      expect(area(list)).toBeGreaterThanOrEqual(0);
      expect(area(list)).toBeLessThanOrEqual(1 + 1e-12);
      expect(area(list.map(([, gain, group]) => [gain, gain, group]))).toBeCloseTo(1, 12);
      expect(area(list.map(([, gain, group]) => [-gain, gain, group]))).toBe(0);
      expect(area(list, () => 7)).toBeCloseTo(0.5, 12);
      expect(area(list, (score) => -score)).toBeCloseTo(1 - area(list), 12);
    }),
  );
});

test('grouped AUC depends on the order of scores inside each group only', () => {
  fc.assert(
    fc.property(rows, (list) => {
      expect(area(list.toReversed())).toBeCloseTo(area(list), 12);
      expect(area(list.map(([score, gain, group]) => [score, gain, 10 - group]))).toBeCloseTo(area(list), 12);
      expect(area(list, (score, group) => Math.exp(score) + 100 * group)).toBeCloseTo(area(list), 12);
    }),
  );
});

test('grouped AUC does not fall when the score of a relevant row rises', () => {
  fc.assert(
    fc.property(rows, fc.nat(), fc.integer({ min: 1, max: 5 }), (list, seed, rise) => {
      const relevant = list.filter(([, gain]) => gain > 0);
      const chosen = list.indexOf(relevant[seed % relevant.length]!);
      const [score, gain, group] = list[chosen]!;
      const raised = list.with(chosen, [score + rise / 2, gain, group]);
      expect(area(raised)).toBeGreaterThanOrEqual(area(list) - 1e-12);
    }),
  );
});
