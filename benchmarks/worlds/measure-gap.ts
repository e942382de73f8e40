import { encodeJointAction } from '@rppkit/patterns';
import { createRandomStream } from '@rppkit/spec';
import { encodeChoices } from './encode-choices.ts';
import { measureWorldBounds } from './measure-world-bounds.ts';
import { prepareWorld } from './prepare-world.ts';
import { computeMean, computeVariance } from './user-rewards.ts';
import type { GapPreset } from './world-card.ts';
import type { WorldRecord } from './world-record.ts';

export interface MeasureGapOptions {
  readonly preset: GapPreset;
  readonly seed: number;
  readonly fitUsers: number;
  readonly reportUsers: number;
  /** Answers to uniformly random prompts that the context oracle is fitted on. */
  readonly answers: number;
  /** Calls that find the best fixed prompt. */
  readonly bestFixedCalls: number;
  readonly log: (line: string) => void;
}

/** The bounds alone of a world, as the world card measures them. */
export type GapRecord = Pick<WorldRecord, 'bestFixed' | 'oracle' | 'headroom' | 'standardError'> &
  Required<Pick<WorldRecord, 'choices'>>;

/** Measures where the gap of a world begins and ends; its users and draws are those of the world card. */
export async function measureGap({ preset, seed, ...options }: MeasureGapOptions): Promise<GapRecord> {
  const { fitUsers, reportUsers, answers, bestFixedCalls } = options;
  const random = createRandomStream(seed).split('world card').split(preset);
  const prepared = prepareWorld({ preset, fitUsers, reportUsers, random });
  const { fixed, fixedMeans, oracleChoices, oracleMeans } = await measureWorldBounds(prepared, {
    answers,
    bestFixedCalls,
    random,
    log: (line) => options.log(`${preset} ${seed}: ${line}`),
  });
  const gains = oracleMeans.map((value, user) => value - fixedMeans[user]!);
  return {
    bestFixed: computeMean(fixedMeans),
    oracle: computeMean(oracleMeans),
    headroom: computeMean(gains),
    standardError: Math.sqrt(computeVariance(gains) / gains.length),
    choices: {
      bestFixed: encodeJointAction(prepared.space, fixed),
      oracle: encodeChoices(oracleChoices.map((choice) => encodeJointAction(prepared.space, choice))),
    },
  };
}
