import { type LookInWorldOptions, type LookRecord, lookInWorld } from '../worlds/look-for-headroom.ts';

// The message is a `LookRecord` for each of the options in the first argument.
const records: LookRecord[] = [];
for (const options of JSON.parse(process.argv[2]!) as readonly LookInWorldOptions[]) {
  records.push(await lookInWorld(options));
}
process.send!(records);
