import type { ExperimentConfig } from './experiment-config.ts';
import type { RunSetting } from './results.ts';

/** The setting of a configuration; undefined where it is that of a default run. */
export function readSetting({
  preset,
  rounds,
  patterns,
  learner,
  observation,
}: ExperimentConfig): RunSetting | undefined {
  const setting = { rounds, patterns, learner, observation };
  if (preset !== undefined) return { preset, ...setting };
  return Object.values(setting).every((value) => value === 1 || value === 'default' || value === 'rpp')
    ? undefined
    : setting;
}

/** A setting as sentences for people. */
export function describeSetting({ preset, rounds, patterns, learner, observation }: RunSetting): string {
  const fields = `rounds ${rounds}, patterns ${patterns}, learner ${learner}, observation ${observation}`;
  const named =
    preset === undefined
      ? `Setting: ${fields}.`
      : `The reference setting, that of the paper’s released code as far as it can be expressed here: ${fields}.`;
  if (rounds === 1) return named;
  return `${named} RPP asks ${rounds} times for one ranking: each prompt knows the answer before it, and the last answer counts. Tokens are those of all rounds.`;
}
