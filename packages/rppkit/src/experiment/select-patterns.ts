import { createPatterns, defaultPatterns, definePattern, type Pattern } from '@rppkit/patterns';
import { weakWordings } from '@rppkit/simulator';
import type { ExperimentConfig } from './experiment-config.ts';

/**
 * The action spaces of an experiment: the default ones, in weak words where the world is there to have them refined, or those of
 * the paper's released code.
 */
export function selectPatterns({
  data,
  patterns = 'default',
  domain,
}: Pick<ExperimentConfig, 'data'> & Partial<Pick<ExperimentConfig, 'patterns' | 'domain'>>): readonly Pattern[] {
  if (patterns === 'reference') {
    // The released code shows games more of a history from the beginning.
    return createPatterns({ preset: 'reference', ...(domain === 'games' && { records: { initialWindow: 5 } }) });
  }
  if (data.kind !== 'synthetic' || data.preset !== 'weak-wording') return defaultPatterns;
  return defaultPatterns.map((pattern) =>
    pattern.section === 'history'
      ? pattern
      : definePattern({ ...pattern, expressions: weakWordings.en[pattern.section] }),
  );
}
