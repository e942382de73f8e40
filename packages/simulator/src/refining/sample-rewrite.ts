import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { sampleFaithfulRewrite } from './faithful-rewrite.ts';
import { sampleMaliciousRewrite } from './malicious-rewrite.ts';
import type { RewriteRequest } from './read-rewrite-request.ts';
import type { Rewrite } from './rewrite-fault.ts';
import { sampleSloppyRewrite } from './sloppy-rewrite.ts';

/** How a simulated model rewrites: well, with one or two faults, or with intent to harm. */
export type RewriteManner = 'faithful' | 'sloppy' | 'malicious';

/** How to rewrite, and from which stream. */
export interface RewriteOptions {
  readonly manner: RewriteManner;
  /** Only split: the same stream gives the same rewrite. */
  readonly random: RandomStream;
}

/**
 * A rewrite of the sentence of a request. `faithful` says the same in other words, hedges apart, with every slot; `sloppy` has
 * one or two of the faults of careless models; `malicious` has one of those that do harm, two where the slots do not fit the
 * other language. Throws `InvalidArgumentError` for another manner.
 */
export function sampleRewrite(request: RewriteRequest, { manner, random }: RewriteOptions): Rewrite {
  switch (manner) {
    case 'faithful':
      return { text: sampleFaithfulRewrite(request, random.split('faithful')), faults: [] };
    case 'sloppy':
      return sampleSloppyRewrite(request, random.split('sloppy'));
    case 'malicious':
      return sampleMaliciousRewrite(request, random.split('malicious'));
    default:
      throw new InvalidArgumentError('manner', "'faithful', 'sloppy' or 'malicious'", manner);
  }
}
