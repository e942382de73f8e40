import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeAssociationVectors } from './association-vectors.ts';
import type { TitleRecords } from './title-records.ts';

function createRecords(titles: number, rows: readonly (readonly number[])[]): TitleRecords {
  const counts = new Int32Array(titles);
  for (const title of rows.flat()) counts[title]! += 1;
  const starts = [0];
  for (const row of rows) starts.push(starts.at(-1)! + row.length);
  return { titles, starts: Int32Array.from(starts), title: Int32Array.from(rows.flat()), counts };
}

function computeDot(vectors: Float64Array, dimensions: number, left: number, right: number): number {
  let dot = 0;
  for (let at = 0; at < dimensions; at++) dot += vectors[left * dimensions + at]! * vectors[right * dimensions + at]!;
  return dot;
}

describe('computeAssociationVectors', () => {
  // S'S - v0 v0' has the entries (sum over users who chose both of 1 / r) / sqrt(ci cj) - sqrt(ci cj) / n. For the rows ab, bc,
  // cd, r = 2, c = 1, 2, 2, 1, n = 6: aa 1/3, bb 1/6, ab sqrt(2)/12, bc -1/12, ac -sqrt(2)/6, ad -1/6. The cosines follow.
  const chain = createRecords(4, [
    [0, 1],
    [1, 2],
    [2, 3],
  ]);

  it('has the cosines and lengths of a chain of four titles as worked by hand', () => {
    for (const dimensions of [2, 5]) {
      const vectors = computeAssociationVectors(chain, dimensions);
      const dot = (left: number, right: number): number => computeDot(vectors, dimensions, left, right);
      // One and two people of whom ten are half of what there is to know: squared lengths 1/11 and 2/12.
      expect(dot(0, 0)).toBeCloseTo(1 / 11, 12);
      expect(dot(1, 1)).toBeCloseTo(1 / 6, 12);
      const cosine = (left: number, right: number): number =>
        dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
      expect(cosine(0, 1)).toBeCloseTo(0.5, 12);
      expect(cosine(1, 2)).toBeCloseTo(-0.5, 12);
      expect(cosine(0, 2)).toBeCloseTo(-1, 12);
      expect(cosine(0, 3)).toBeCloseTo(-0.5, 12);
    }
  });

  it('has one dimension for two groups that share nothing', () => {
    const records = createRecords(4, [
      [0, 1],
      [2, 3],
    ]);
    const vectors = computeAssociationVectors(records, 3);
    expect(computeDot(vectors, 3, 0, 1)).toBeCloseTo(1 / 11, 12);
    expect(computeDot(vectors, 3, 0, 2)).toBeCloseTo(-1 / 11, 12);
    // sigma = 1 once; what lies beyond the rank is 0, not rounding errors blown up.
    for (let title = 0; title < 4; title++) {
      expect([...vectors.subarray(title * 3 + 1, title * 3 + 3)].map(Math.abs)).toEqual([0, 0]);
    }
  });

  it('has zeros for what everybody chose and for what nobody chose', () => {
    // Rows ab and bc: b lies in the middle.
    const vectors = computeAssociationVectors(
      createRecords(4, [
        [0, 1],
        [1, 2],
      ]),
      2,
    );
    expect([...vectors.subarray(2, 4), ...vectors.subarray(6, 8)]).toEqual([0, 0, 0, 0]);
    expect(computeDot(vectors, 2, 0, 2)).toBeCloseTo(-1 / 11, 12);
  });

  it('has zeros where nobody chose anything', () => {
    expect(computeAssociationVectors(createRecords(3, []), 2)).toEqual(new Float64Array(6));
    expect(computeAssociationVectors(createRecords(0, []), 2)).toEqual(new Float64Array(0));
  });

  it('keeps the directions with the largest singular values', () => {
    // The chain has the eigenvalues 3/4 and 1/4 beside 1: one dimension puts ab and cd on opposite sides.
    const vectors = computeAssociationVectors(chain, 1);
    expect(Math.sign(vectors[0]!)).toBe(Math.sign(vectors[1]!));
    expect(Math.sign(vectors[2]!)).toBe(Math.sign(vectors[3]!));
    expect(Math.sign(vectors[0]!)).toBe(-Math.sign(vectors[2]!));
  });

  it("has the cosines of S'S - v0 v0' for any records where dimensions suffice, and equal bits twice", () => {
    const titles = 6;
    const rows = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: titles - 1 }), { minLength: 1 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(rows, (drawn) => {
        const records = createRecords(titles, drawn);
        const vectors = computeAssociationVectors(records, titles);
        expect(computeAssociationVectors(records, titles)).toEqual(vectors);
        const { counts } = records;
        const total = drawn.flat().length;
        const compute = (left: number, right: number): number => {
          const scale = Math.sqrt(counts[left]! * counts[right]!);
          const shared = drawn.filter((row) => row.includes(left) && row.includes(right));
          return shared.reduce((sum, row) => sum + 1 / row.length, 0) / scale - scale / total;
        };
        for (let left = 0; left < titles; left++) {
          for (let right = 0; right < titles; right++) {
            if (counts[left] === 0 || counts[right] === 0) continue;
            const own = compute(left, left);
            const other = compute(right, right);
            if (own < 1e-6 || other < 1e-6) continue;
            const lengths = Math.sqrt(
              (counts[left]! / (counts[left]! + 10)) * (counts[right]! / (counts[right]! + 10)),
            );
            expect(computeDot(vectors, titles, left, right) / lengths).toBeCloseTo(
              compute(left, right) / Math.sqrt(own * other),
              6,
            );
          }
        }
      }),
    );
  });
});
