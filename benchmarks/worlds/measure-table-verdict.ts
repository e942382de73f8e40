import { fitHistoryStatistics } from '@rppkit/env';
import { computeJointActionCount } from '@rppkit/patterns';
import { computeTableHeadroom, createModelSource, readRewardCube } from '@rppkit/search';
import type { WorldPreset } from '@rppkit/simulator';
import { createRandomStream, sampleDistinct } from '@rppkit/spec';
import { prepareSmallWorld } from './prepare-small-world.ts';

export interface MeasureTableVerdictOptions {
  readonly preset: WorldPreset;
  readonly seed: number;
  /** Users of the table. */
  readonly users: number;
  /** Prompts of the table, drawn at random. */
  readonly prompts: number;
  /** Seeded splits of the users into folds. */
  readonly splits: number;
}

/** Verdicts on one table, one for each split of its users. */
export interface TableVerdictRecord {
  readonly pays: number;
  readonly tooSmall: number;
  readonly undecided: number;
  /** Mean over splits, NDCG@10. */
  readonly headroom: number;
  /** Mean over splits of the p-value of the interaction test. */
  readonly p: number;
}

/** Records one table of a world, four candidate orders and one draw each, and judges it once for each split. */
export async function measureTableVerdict({
  preset,
  seed,
  users,
  prompts,
  splits,
}: MeasureTableVerdictOptions): Promise<TableVerdictRecord> {
  const random = createRandomStream(seed).split('table verdict').split(preset);
  const { tasks, space, model } = prepareSmallWorld({ preset, users, random });
  const cube = await readRewardCube(createModelSource({ tasks, space, model, candidateOrders: 4 }), {
    actions: sampleDistinct(random.split('prompts'), computeJointActionCount(space), prompts),
  });
  const encoders = [fitHistoryStatistics(tasks.map(({ task }) => task))];
  const record = { pays: 0, tooSmall: 0, undecided: 0, headroom: 0, p: 0 };
  for (let split = 0; split < splits; split++) {
    const { verdict, mean, interaction } = await computeTableHeadroom(cube, {
      encoders,
      random: random.split('splits').split(split),
    });
    if (verdict === 'pays') record.pays++;
    else if (verdict === 'too-small') record.tooSmall++;
    else record.undecided++;
    record.headroom += mean / splits;
    record.p += interaction.p / splits;
  }
  return record;
}
