import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ItemTable } from './item-table.ts';

test('finds what a Map finds, list after list', () => {
  // Few letters and lengths: many ids share a slot.
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '𝕏'), maxLength: 3 });
  const lists = fc.array(fc.array(name, { maxLength: 40 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(lists, fc.array(name), (names, asked) => {
      const table = new ItemTable();
      expect(table.find('a')).toBe(-1);
      for (const list of names) {
        const repeated = list.findIndex((item, position) => list.indexOf(item) < position);
        expect(table.replace(list)).toBe(repeated);
        const kept = repeated < 0 ? list : list.slice(0, repeated);
        expect(table.replace(kept)).toBe(-1);
        for (const item of [...asked, ...kept]) expect(table.find(item)).toBe(kept.indexOf(item));
      }
    }),
  );
});
