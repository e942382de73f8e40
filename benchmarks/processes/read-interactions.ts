import { readAtomicDataset } from '@rppkit/datasets';
import { openDataFile } from '@rppkit/datasets/node';
import { measurePeakMegabytes } from './run-in-process.ts';

/** What a process that reads one file of interactions reports. */
export interface ReadReport {
  readonly interactions: number;
  readonly users: number;
  readonly items: number;
  /** Largest resident memory of the process, in units of 1,000,000 bytes. */
  readonly megabytes: number;
}

/** Reads the file that the arguments name, and sends a report to the process that started this one. */
const { log } = await readAtomicDataset({ inter: await openDataFile(process.argv[2]!) });
const report: ReadReport = {
  interactions: log.item.length,
  users: log.users.length,
  items: log.items.length,
  megabytes: measurePeakMegabytes(),
};
process.send!(report);
