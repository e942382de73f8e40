import type { Dataset } from '@rppkit/datasets';
import { createKnowledge, type Knowledge } from '@rppkit/simulator';
import { UsageError } from '../usage-error.ts';
import { findGenreAttribute } from './find-genre-attribute.ts';

export interface OutsiderKnowledgeOptions {
  /** Whether the data are a world, which a simulated model knows by the attributes of its items alone. */
  readonly synthetic: boolean;
  /** Users outside every evaluation, as indices into `log.users`. */
  readonly outsiders: Int32Array;
}

/** What a simulated model knows of the data: all of it from users outside. Throws `UsageError` where there are none. */
export function createOutsiderKnowledge(
  dataset: Dataset,
  { synthetic, outsiders }: OutsiderKnowledgeOptions,
): Knowledge {
  if (outsiders.length === 0) {
    throw new UsageError(
      'Expected users beside those to train and report on, received none: the simulated model knows the data from them alone. Lower --train-users or --report-users.',
    );
  }
  return createKnowledge(dataset, {
    users: outsiders,
    attribute: synthetic ? 'genres' : findGenreAttribute(dataset.log.items),
    associations: synthetic ? false : {},
  });
}
