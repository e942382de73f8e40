import { type MeasureGapOptions, measureGap } from '../worlds/measure-gap.ts';

// The message is the record; progress goes to standard error.
const options = JSON.parse(process.argv[2]!) as Omit<MeasureGapOptions, 'log'>;
process.send!(await measureGap({ ...options, log: (line) => console.error(line) }));
