import {
  type MeasureTableVerdictOptions,
  measureTableVerdict,
  type TableVerdictRecord,
} from '../worlds/measure-table-verdict.ts';

// The message is a `TableVerdictRecord` for each of the options in the first argument.
const records: TableVerdictRecord[] = [];
for (const options of JSON.parse(process.argv[2]!) as readonly MeasureTableVerdictOptions[]) {
  records.push(await measureTableVerdict(options));
}
process.send!(records);
