import { type MeasureRoundsOptions, measureRounds } from '../learners/measure-rounds.ts';

// The message is the record; progress goes to standard error.
const options = JSON.parse(process.argv[2]!) as Omit<MeasureRoundsOptions, 'log'>;
process.send!(await measureRounds({ ...options, log: (line) => console.error(line) }));
