import { type MeasureRankingOptions, measureRanking } from '../ranking/measure-ranking.ts';

// The message is the record; progress goes to standard error.
const options = JSON.parse(process.argv[2]!) as Omit<MeasureRankingOptions, 'log'>;
process.send!(await measureRanking({ ...options, log: (line) => console.error(line) }));
