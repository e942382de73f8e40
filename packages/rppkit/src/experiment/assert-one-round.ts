import { UsageError } from '../usage-error.ts';
import type { ExperimentConfig } from './experiment-config.ts';

/** Throws `UsageError` where a command that asks one prompt a ranking is given a configuration of several rounds. */
export function assertOneRound(
  { rounds, learner }: Pick<ExperimentConfig, 'rounds' | 'learner'>,
  command: string,
): void {
  if (rounds === 1 && learner === 'rpp') return;
  throw new UsageError(
    `Expected a configuration of one round and the learner rpp for ${command}, received rounds ${rounds} and the learner ${learner}. Leave preset, rounds and learner out of its configuration file; rppkit train knows them.`,
  );
}
