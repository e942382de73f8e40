import { InvalidArgumentError, type TextEmbedder } from '@rppkit/spec';
import { createAddressNothingElseGuard } from './address-nothing-else.ts';
import { createBeNewGuard } from './be-new.ts';
import { createCopyNothingGuard } from './copy-nothing.ts';
import { createDifferGuard } from './differ.ts';
import type { Guard } from './guard.ts';
import { createKeepAnswersReadableGuard } from './keep-answers-readable.ts';
import { createKeepLanguageGuard } from './keep-language.ts';
import { createKeepLengthGuard } from './keep-length.ts';
import { createKeepMeaningGuard } from './keep-meaning.ts';
import { createKeepNegationsGuard } from './keep-negations.ts';
import { createKeepSlotsGuard } from './keep-slots.ts';
import { createSentenceOnlyGuard } from './sentence-only.ts';

/** The guards of this package, in the order in which they are asked: cheap ones first, the embedder last. */
export const guardNames = [
  'keep-slots',
  'keep-length',
  'keep-language',
  'sentence-only',
  'copy-nothing',
  'address-nothing-else',
  'keep-negations',
  'differ',
  'be-new',
  'keep-answers-readable',
  'keep-meaning',
] as const;

/** Name of a guard of this package. */
export type GuardName = (typeof guardNames)[number];

/** How strict guards are, and which there are. */
export interface GuardOptions {
  /** In UTF-16 code units, 1 to 10,000. Default ceil(1.6 x length of the parent) + 40. */
  readonly maximumLength?: number;
  /** By `estimateTokens`, at least 1. Default none. */
  readonly maximumTokens?: number;
  /** Compares meanings. Without one, `keep-meaning` reports `not-checked`. */
  readonly embedder?: TextEmbedder;
  /** The least and the greatest cosine similarity to the parent; default 0.6 and 0.9995. */
  readonly similarity?: { readonly atLeast?: number; readonly atMost?: number };
  /** Guards that are left out. */
  readonly without?: readonly GuardName[];
}

/** All guards of this package but those in `without`. Throws `InvalidArgumentError` for unknown names and bad limits. */
export function createGuards(options: GuardOptions = {}): readonly Guard[] {
  const { maximumLength, maximumTokens, embedder, similarity, without = [] } = options;
  for (const name of without) {
    if (guardNames.includes(name)) continue;
    throw new InvalidArgumentError('without', `names among ${guardNames.join(', ')}`, name);
  }
  const create: Readonly<Record<GuardName, () => Guard>> = {
    'keep-slots': createKeepSlotsGuard,
    'keep-length': () =>
      createKeepLengthGuard({
        ...(maximumLength === undefined ? {} : { maximumLength }),
        ...(maximumTokens === undefined ? {} : { maximumTokens }),
      }),
    'keep-language': createKeepLanguageGuard,
    'sentence-only': createSentenceOnlyGuard,
    'copy-nothing': createCopyNothingGuard,
    'address-nothing-else': createAddressNothingElseGuard,
    'keep-negations': createKeepNegationsGuard,
    differ: createDifferGuard,
    'be-new': createBeNewGuard,
    'keep-answers-readable': createKeepAnswersReadableGuard,
    'keep-meaning': () => createKeepMeaningGuard({ ...similarity, ...(embedder === undefined ? {} : { embedder }) }),
  };
  return guardNames.filter((name) => !without.includes(name)).map((name) => create[name]());
}
