import type { LatentType } from '@rppkit/simulator';
import type { Encoder, JudgedTask } from '@rppkit/spec';
import { fitTypeClassifier } from './type-classifier.ts';
import type { TypeRecord } from './world-record.ts';

export interface TypeRecoveryOptions {
  readonly encoder: Encoder;
  readonly fit: readonly JudgedTask[];
  readonly report: readonly JudgedTask[];
  readonly typeOf: (judged: JudgedTask) => LatentType;
}

const traits = ['sessionDriven', 'mainstream', 'narrow', 'noisy'] as const;

/** How often the most probable type, by a classifier fitted on `fit`, is that of a user of `report`, and how often in each trait. */
export function computeTypeRecovery({
  encoder,
  fit,
  report,
  typeOf,
}: TypeRecoveryOptions): Pick<TypeRecord, 'recovered' | 'traits'> {
  const classify = fitTypeClassifier(encoder, fit, typeOf);
  const hits = Object.fromEntries([...traits, 'all'].map((name) => [name, 0]));
  for (const judged of report) {
    const posterior = classify(judged.task);
    const guess = posterior.indexOf(Math.max(...posterior));
    const type = typeOf(judged).index;
    for (const [position, trait] of traits.entries()) {
      if (((guess ^ type) & (8 >> position)) === 0) hits[trait]! += 1;
    }
    if (guess === type) hits['all']! += 1;
  }
  const share = (name: string): number => hits[name]! / report.length;
  return { recovered: share('all'), traits: Object.fromEntries(traits.map((trait) => [trait, share(trait)])) };
}
