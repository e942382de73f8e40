import { type MeasureSearchersOptions, measureSearchers } from '../searchers/measure-searchers.ts';

// The message is the record; progress goes to standard error.
const options = JSON.parse(process.argv[2]!) as Omit<MeasureSearchersOptions, 'log'>;
process.send!(await measureSearchers({ ...options, log: (line) => console.error(line) }));
