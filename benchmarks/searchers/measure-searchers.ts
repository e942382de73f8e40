import type { JointAction } from '@rppkit/patterns';
import { createModelSource, evaluateFoundPrompts } from '@rppkit/search';
import { createRandomStream } from '@rppkit/spec';
import { askReport, draws } from '../worlds/ask-report.ts';
import { prepareWorld } from '../worlds/prepare-world.ts';
import { computeMean, computeUserMeans } from '../worlds/user-rewards.ts';
import { cardUsers, type GapPreset, readCardBounds } from '../worlds/world-card.ts';
import { createBenchedSearchers } from './benched-searchers.ts';
import { computeSeedGains, type SeedGains } from './gap-closed.ts';

export interface MeasureSearchersOptions {
  readonly preset: GapPreset;
  /** One that the world card has. */
  readonly seed: number;
  /** Users that searchers may ask: the first of those whose answers found the bounds. */
  readonly trainUsers: number;
  /** The first of the card's report users. */
  readonly reportUsers: number;
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
  const { preset, seed, trainUsers, reportUsers, budgets } = options;
  const log = (line: string): void => options.log(`${preset} ${seed}: ${line}`);
  // The worlds of `quality/worlds`.
  const random = createRandomStream(seed).split('world card').split(preset);
  const prepared = prepareWorld({ ...cardUsers, preset, random });
  const { fit, space, model, encoder } = prepared;
  const report = prepared.report.slice(0, reportUsers);
  const { bestFixed, oracle } = readCardBounds(preset, seed, space);
  const askMeans = async (choices: readonly JointAction[]): Promise<Float64Array> =>
    computeUserMeans(await askReport(report, choices, prepared), draws);
  const fixedMeans = await askMeans(report.map(() => bestFixed));
  const oracleMeans = await askMeans(oracle.slice(0, reportUsers));
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
