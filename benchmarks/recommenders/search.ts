import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runInProcess } from '../processes/run-in-process.ts';
import { models } from './models.ts';
import { readTuned, type TunedModel, writeTuned } from './tuned.ts';

/** Trials of every recommender, its defaults among them. */
const trials = 8;

// Writes `tuned.json`: `pnpm --filter @rppkit/benchmarks tune [NAME...]`, all recommenders by default, two at a time.
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => models[name]?.ranges === undefined);
const tunable = Object.keys(models).filter((name) => models[name]!.ranges !== undefined);
if (unknown !== undefined) {
  console.error(`Expected names of ${tunable.join(', ')}, received ${unknown}.`);
  process.exit(2);
}
// The slowest first.
const names = (wanted.length === 0 ? tunable : wanted).toReversed();
let tuned: Readonly<Record<string, TunedModel>> = existsSync(fileURLToPath(new URL('tuned.json', import.meta.url)))
  ? readTuned()
  : {};
async function tuneNext(): Promise<void> {
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const found = await runInProcess<TunedModel>('tune-recommender.ts', [name, String(trials)]);
    const merged = { ...tuned, [name]: found };
    tuned = Object.fromEntries(Object.keys(models).flatMap((key) => (merged[key] ? [[key, merged[key]]] : [])));
    writeTuned(tuned);
  }
}
await Promise.all([tuneNext(), tuneNext()]);
