import { type MeasureRefinerOptions, measureRefiner } from '../refiners/measure-refiner.ts';

// The message is the record; progress goes to standard error.
const options = JSON.parse(process.argv[2]!) as Omit<MeasureRefinerOptions, 'log'>;
process.send!(await measureRefiner({ ...options, log: (line) => console.error(line) }));
