import { defaultPatterns, definePattern, type Pattern } from '@rppkit/patterns';
import { weakWordings } from '@rppkit/simulator';
import type { DataConfig } from './experiment-config.ts';

/** The action spaces of an experiment: the default ones, in weak words where the world is there to have them refined. */
export function selectPatterns(data: DataConfig): readonly Pattern[] {
  if (data.kind !== 'synthetic' || data.preset !== 'weak-wording') return defaultPatterns;
  return defaultPatterns.map((pattern) =>
    pattern.section === 'history'
      ? pattern
      : definePattern({ ...pattern, expressions: weakWordings.en[pattern.section] }),
  );
}
