import { describe, expect, it } from 'vitest';
import { aggregateRankings } from './aggregate-rankings.ts';

describe('aggregateRankings', () => {
  it('leaves one ranking as it is, its missing candidates tied at the end', () => {
    const { order, groups } = aggregateRankings([[2, 0]], { candidates: 4 });
    expect([...order]).toEqual([2, 0, 1, 3]);
    expect([...groups]).toEqual([0, 1, 2, 2]);
  });

  it('adds up Borda points', () => {
    // Of 3 candidates a ranking gives 3, 2, 1. Points: 0: 3 + 1 + 2 = 6, 1: 2 + 3 + 3 = 8, 2: 1 + 2 + 1 = 4.
    const { order, groups } = aggregateRankings(
      [
        [0, 1, 2],
        [1, 2, 0],
        [1, 0, 2],
      ],
      { candidates: 3 },
    );
    expect([...order]).toEqual([1, 0, 2]);
    expect([...groups]).toEqual([0, 1, 2]);
  });

  it('shares the points that are left among what an answer leaves out, so that an empty one decides nothing', () => {
    const alone = aggregateRankings([[2, 1, 0]], { candidates: 3 });
    const beside = aggregateRankings([[2, 1, 0], []], { candidates: 3 });
    expect([...beside.order]).toEqual([...alone.order]);
    // [0] gives 3 to candidate 0 and 1.5 to the others; [1] likewise: 4.5, 4.5, 3.
    const split = aggregateRankings([[0], [1]], { candidates: 3 });
    expect([...split.groups]).toEqual([0, 0, 1]);
    expect(split.order[2]).toBe(2);
  });

  it('follows the rule for missing candidates', () => {
    // In candidate order [2] is [2, 0, 1]: points 2 + 2, 1 + 1, 3 + 3.
    const bottom = aggregateRankings([[2], [2]], { candidates: 3, missing: 'bottom-in-candidate-order' });
    expect([...bottom.groups]).toEqual([0, 1, 2]);
    expect([...bottom.order]).toEqual([2, 0, 1]);
    expect([...aggregateRankings([[2], [1]], { candidates: 3, missing: 'zero' }).order]).toEqual([1, 2]);
  });

  it('rejects no rankings, and a ranking that is none of these candidates', () => {
    expect(() => aggregateRankings([], { candidates: 3 })).toThrow('rankings');
    expect(() => aggregateRankings([[0, 0]], { candidates: 3 })).toThrow('order[1]');
    expect(() => aggregateRankings([[3]], { candidates: 3 })).toThrow('order[0]');
  });
});
