import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAll } from './testing/read-all.ts';

const csv = { delimiter: ',', quotes: true };

describe('readRecords', () => {
  it('reads what csv-parse reads, in chunks of any size', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', 'é', '😀', '7'), maxLength: 6 });
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((columns) =>
        fc.array(fc.array(field, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 }),
      );
    const written = table.map((rows) =>
      rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n'),
    );
    await fc.assert(
      fc.asyncProperty(written, fc.integer({ min: 1, max: 40 }), async (text, chunkSize) => {
        const expected = (parse(text) as string[][]).map((row) => row.map((value) => value.replace(/^ +| +$/g, '')));
        const records = await readAll(text, csv, { chunkSize });
        expect(records.map(({ fields }) => fields)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
