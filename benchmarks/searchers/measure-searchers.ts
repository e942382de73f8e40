import { createModelSource, evaluateFoundPrompts } from '@rppkit/search';
import type { WorldPreset } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import { draws } from '../worlds/ask-report.ts';
import { measureWorldBounds } from '../worlds/measure-world-bounds.ts';
import { prepareWorld } from '../worlds/prepare-world.ts';
import { computeMean } from '../worlds/user-rewards.ts';
import { createBenchedSearchers } from './benched-searchers.ts';
import { computeSeedGains, type SeedGains } from './gap-closed.ts';

export interface MeasureSearchersOptions {
  readonly preset: WorldPreset;
  readonly seed: number;
  /** Users whose answers bounds are found by. */
  readonly fitUsers: number;
  /** The first of them, which searchers may ask. */
  readonly trainUsers: number;
  readonly reportUsers: number;
  readonly answers: number;
  readonly bestFixedCalls: number;
  /** Calls of the searches. */
  readonly budgets: readonly number[];
  readonly log: (line: string) => void;
}

/** What one seed of a world gives; NDCG@10 of report users, four draws each. */
export interface SearchersRecord {
  readonly bestFixed: number;
  readonly oracle: number;
  /** By searcher and calls, such as `halving 500`; without those whose fewest calls are more. */
  readonly found: Readonly<Record<string, SeedGains>>;
}

/** Lets every searcher ask training users within every budget, and asks what it found for the report users. */
export async function measureSearchers(options: MeasureSearchersOptions): Promise<SearchersRecord> {
  const { preset, seed, trainUsers, budgets } = options;
  // The worlds of `quality/worlds`.
  const random = createRandomStream(seed).split('world card').split(preset);
  const log = (line: string): void => options.log(`${preset} ${seed}: ${line}`);
  const prepared = prepareWorld({ ...options, random });
  const { fixedMeans, oracleMeans } = await measureWorldBounds(prepared, { ...options, random, log });
  const { fit, report, space, model, encoder } = prepared;
  const train = createModelSource({ tasks: fit.slice(0, trainUsers), space, model });
  const judge = createModelSource({ tasks: report, space, model });
  const found: Record<string, SeedGains> = {};
  for (const searcher of createBenchedSearchers([encoder])) {
    for (const calls of budgets) {
      if (searcher.computeFewestCalls(train) > calls) continue;
      log(`${searcher.name}, ${calls} calls`);
      const stream = createRandomStream(seed).split('searchers').split(preset).split(searcher.name).split(calls);
      const prompts = await searcher.search(train, { calls, random: stream });
      const { rewards } = await evaluateFoundPrompts(prompts, judge, { draws });
      found[`${searcher.name} ${calls}`] = computeSeedGains(rewards, fixedMeans, oracleMeans);
    }
  }
  return { bestFixed: computeMean(fixedMeans), oracle: computeMean(oracleMeans), found };
}
