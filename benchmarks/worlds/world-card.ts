import { readFileSync } from 'node:fs';
import { decodeJointAction, type JointAction, type PatternSpace } from '@rppkit/patterns';
import { decodeChoices } from './encode-choices.ts';
import type { BoundChoices, WorldRecord } from './world-record.ts';

/** Users of the world card's worlds. */
export const cardUsers = { fitUsers: 50_000, reportUsers: 5000 } as const;

/** Worlds whose gap other benches share out. */
export type GapPreset = 'diverse' | 'mild';

/** What the bounds of the world card ask its report users. */
export interface CardBounds {
  readonly bestFixed: JointAction;
  /** Of the context oracle, for each report user. */
  readonly oracle: readonly JointAction[];
}

/** The bounds of a seed as `quality/worlds` or `quality/bounds` committed them. Throws for a seed that neither has. */
export function readCardChoices(preset: GapPreset, seed: number): BoundChoices {
  for (const name of ['worlds', 'bounds']) {
    const { records } = JSON.parse(
      readFileSync(new URL(`../results/quality/${name}.json`, import.meta.url), 'utf8'),
    ) as { readonly records: Readonly<Record<string, Readonly<Record<GapPreset, Pick<WorldRecord, 'choices'>>>>> };
    const choices = records[seed]?.[preset].choices;
    if (choices !== undefined) return choices;
  }
  throw new Error(
    `Expected the bounds of ${preset}, seed ${seed}; run pnpm bench quality/worlds --full or quality/bounds --full.`,
  );
}

/** The same as joint actions. */
export function readCardBounds(preset: GapPreset, seed: number, space: PatternSpace): CardBounds {
  const { bestFixed, oracle } = readCardChoices(preset, seed);
  return {
    bestFixed: decodeJointAction(space, bestFixed),
    oracle: decodeChoices(oracle).map((action) => decodeJointAction(space, action)),
  };
}
