import { computeJointActionCount } from '@rppkit/patterns';
import { createPopularity, createTaskInteractions } from '@rppkit/recommenders';
import { computeBounds, createModelSource, readRewardCube } from '@rppkit/search';
import { type Encoder, type RandomStream, sampleDistinct } from '@rppkit/spec';
import { draws } from './ask-report.ts';
import { getType, type PreparedWorld } from './prepare-world.ts';
import type { TableBoundRecord } from './world-record.ts';

export interface TableBoundsOptions {
  /** Report users of the table, the first ones. */
  readonly users: number;
  /** Prompts of the table, drawn at random. */
  readonly prompts: number;
  /** What the context oracle observes. */
  readonly context: Encoder;
  readonly random: RandomStream;
}

/** All bounds and controls that a table of four candidate orders gives, in their order from chance to the label oracle. */
export async function measureTableBounds(
  { world, report, model, space }: PreparedWorld,
  { users, prompts, context, random }: TableBoundsOptions,
): Promise<readonly TableBoundRecord[]> {
  const tasks = report.slice(0, users);
  const cube = await readRewardCube(createModelSource({ tasks, space, model, candidateOrders: draws }), {
    actions: sampleDistinct(random.split('prompts'), computeJointActionCount(space), prompts),
  });
  const learned = createTaskInteractions(world.dataset, { tasks: report.map(({ task }) => task) });
  const hasTypes = getType(world, tasks[0]!) !== undefined;
  const { rows } = await computeBounds(cube, {
    encoders: [context],
    scorers: [await createPopularity().fit(learned, { seed: 1 })],
    ensembleCalls: draws,
    ...(hasTypes && { types: tasks.map((judged) => getType(world, judged)!.index) }),
    random: random.split('bounds'),
  });
  return rows.map(({ label, ceiling, interval, overBestFixed }) => ({
    label,
    ceiling,
    mean: interval.mean,
    gain: overBestFixed.mean,
  }));
}
