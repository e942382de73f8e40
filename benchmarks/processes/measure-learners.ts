import { type MeasureLearnersOptions, measureLearners } from '../learners/measure-learners.ts';

// The message is the record; progress goes to standard error.
const options = JSON.parse(process.argv[2]!) as Omit<MeasureLearnersOptions, 'log'>;
process.send!(await measureLearners({ ...options, log: (line) => console.error(line) }));
