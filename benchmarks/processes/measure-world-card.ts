import { type MeasureWorldOptions, measureWorld } from '../worlds/measure-world.ts';

// The message is the record; progress goes to standard error.
const options = JSON.parse(process.argv[2]!) as Omit<MeasureWorldOptions, 'log'>;
process.send!(await measureWorld({ ...options, log: (line) => console.error(line) }));
