import { type MeasureNullTableOptions, measureNullTable, type NullRecord } from '../learners/measure-null-table.ts';

// The message is a `NullRecord` for each of the options in the first argument; progress goes to standard error.
const records: NullRecord[] = [];
for (const options of JSON.parse(process.argv[2]!) as readonly Omit<MeasureNullTableOptions, 'log'>[]) {
  records.push(await measureNullTable({ ...options, log: (line) => console.error(line) }));
}
process.send!(records);
