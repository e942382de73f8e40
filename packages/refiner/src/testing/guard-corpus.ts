import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pattern } from '@rppkit/patterns';
import type { RejectionReason, Rewrite } from '../guards/guard.ts';
import { listPresetPatterns } from '../guards/list-preset-patterns.ts';

/** A rewrite of the corpus. */
export interface CorpusRewrite {
  /** Unique within its split. */
  readonly id: string;
  readonly language: 'en' | 'zh';
  /** The section of the pattern. */
  readonly pattern: 'role' | 'history' | 'reasoning' | 'format';
  /** Id of the expression; `heading` stands for the sentence of all history expressions. */
  readonly parent: string;
  /** The parent's template. */
  readonly sentence: string;
  readonly rewrite: string;
  /** What the model was shown. Default nothing. */
  readonly evidence?: readonly string[];
  /** Limit that the case is judged under. Default that of the guards. */
  readonly maximumLength?: number;
}

/** A rewrite that must not be used. */
export interface RejectedRewrite extends CorpusRewrite {
  readonly reason: RejectionReason;
  readonly manner: 'sloppy' | 'malicious';
}

/** Rewrites by how they are to be judged. */
export interface GuardCorpus {
  /** To be passed. */
  readonly paraphrases: readonly CorpusRewrite[];
  /** To be rejected, for `reason` among others. */
  readonly rejected: readonly RejectedRewrite[];
  /** Each expression with a negation added, lost or turned round. */
  readonly negations: readonly RejectedRewrite[];
}

/** Reads `paraphrases.json`, `rejected.json` and `negations.json` of a split of the corpus in `folder`. */
export function readGuardCorpus(folder: string, split: 'development' | 'test' | 'fresh'): GuardCorpus {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, split, `${name}.json`), 'utf8'));
  return {
    paraphrases: read('paraphrases') as readonly CorpusRewrite[],
    rejected: read('rejected') as readonly RejectedRewrite[],
    negations: read('negations') as readonly RejectedRewrite[],
  };
}

const patterns = new Map<'en' | 'zh', readonly Pattern[]>();

/**
 * What guards are given for a case: pattern and parent are those of the presets, among them the structured format, found by
 * section and template. Throws where no preset has the sentence.
 */
export function createCorpusRewrite({
  language,
  pattern: section,
  sentence,
  rewrite,
  evidence = [],
}: CorpusRewrite): Rewrite {
  if (!patterns.has(language)) patterns.set(language, listPresetPatterns(language));
  for (const pattern of patterns.get(language)!) {
    const parent = pattern.expressions.find(({ template }) => template === sentence);
    if (pattern.section !== section || parent === undefined) continue;
    return { pattern, parent, text: rewrite, language, context: evidence };
  }
  throw new Error(`Expected a sentence of a ${section} pattern in ${language}, received ${sentence}.`);
}
