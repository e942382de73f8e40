import { createKnowledge, type Knowledge } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import { loadData } from '../data/load-data.ts';
import { renderSkippedLines } from '../data/skipped-lines.ts';
import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import { prepareTasks } from '../experiment/prepare-tasks.ts';
import { findGenreAttribute } from '../models/find-genre-attribute.ts';
import { UsageError } from '../usage-error.ts';

/**
 * What a served simulated model knows: what the simulated model of a training run with the same configuration knows, all of it
 * from users whom that run neither trains nor reports on. Throws `UsageError` where there are none.
 */
export async function createServerKnowledge(config: ExperimentConfig, log: (line: string) => void): Promise<Knowledge> {
  const { dataset, skipped } = await loadData(config.data, config.seed);
  for (const line of renderSkippedLines(skipped)) log(line);
  const { rest } = prepareTasks(dataset, config, createRandomStream(config.seed).split('tasks'));
  if (rest.length === 0) {
    throw new UsageError(
      'Expected users beside those to train and report on, received none: the simulated model knows the data from them alone. Lower --train-users or --report-users.',
    );
  }
  const synthetic = config.data.kind === 'synthetic';
  return createKnowledge(dataset, {
    users: rest,
    attribute: synthetic ? 'genres' : findGenreAttribute(dataset.log.items),
    associations: synthetic ? false : {},
  });
}
