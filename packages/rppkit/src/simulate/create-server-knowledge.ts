import type { Knowledge } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import { loadData } from '../data/load-data.ts';
import { renderSkippedLines } from '../data/skipped-lines.ts';
import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import { prepareTasks } from '../experiment/prepare-tasks.ts';
import { createOutsiderKnowledge } from '../models/create-outsider-knowledge.ts';

/**
 * What a served simulated model knows: what the simulated model of a training run with the same configuration knows, all of it
 * from users whom that run neither trains nor reports on. Throws `UsageError` where there are none.
 */
export async function createServerKnowledge(config: ExperimentConfig, log: (line: string) => void): Promise<Knowledge> {
  const { dataset, skipped } = await loadData(config.data, config.seed);
  for (const line of renderSkippedLines(skipped)) log(line);
  const { rest: outsiders } = prepareTasks(dataset, config, createRandomStream(config.seed).split('tasks'));
  return createOutsiderKnowledge(dataset, { synthetic: config.data.kind === 'synthetic', outsiders });
}
