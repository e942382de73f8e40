import { movies, moviesZh, readLanguage } from '@rppkit/patterns';
import { InvalidArgumentError, type TextEmbedder, TextModelError } from '@rppkit/spec';
import { renderForms, slotMark } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';

/** How near a rewrite has to stay, and who says so. */
export interface KeepMeaningOptions {
  /** Without one nothing is checked. */
  readonly embedder?: TextEmbedder;
  /** The least cosine similarity, -1 to 1. Default 0.6. */
  readonly atLeast?: number;
  /**
   * The greatest, `atLeast` to 1; what is nearer is `unchanged`. Default 0.9995; 1 for embedders that give paraphrases the same
   * vector.
   */
  readonly atMost?: number;
}

/**
 * Compares rewrite and parent by the cosine similarity of their vectors, slots filled alike in both. Rejects as `drift` what
 * is too far off and as `unchanged` what is too near. `not-checked` without an embedder, and where the embedder fails; an
 * abort is thrown. Throws `InvalidArgumentError` for bounds out of range, and from `check` for vectors of another length or
 * with values that are not finite.
 */
export function createKeepMeaningGuard({ embedder, atLeast = 0.6, atMost = 0.9995 }: KeepMeaningOptions = {}): Guard {
  assertBetween('atLeast', atLeast, -1, 1);
  assertBetween('atMost', atMost, atLeast, 1);
  return {
    name: 'keep-meaning',
    async check({ parent, text, language }, { signal } = {}): Promise<GuardOutcome> {
      if (embedder === undefined) return skip('No embedder was given, so meanings were not compared.');
      signal?.throwIfAborted();
      const texts = [parent.template, text].map((template) => fillSlots(template, language));
      let vectors: readonly Float32Array[];
      try {
        vectors = await embedder.embed(texts, signal === undefined ? {} : { signal });
      } catch (error) {
        if (isAbort(error, signal)) throw error;
        return skip(`The embedder ${embedder.id} failed: ${error instanceof Error ? error.message : String(error)}`);
      }
      assertVectors(vectors, embedder);
      const similarity = computeCosine(vectors[0]!, vectors[1]!);
      if (similarity === undefined) return skip(`The embedder ${embedder.id} sees nothing in the sentence.`);
      const shown = similarity.toFixed(3);
      if (similarity < atLeast) {
        return {
          status: 'rejected',
          reason: 'drift',
          detail: `Expected the meaning of the sentence (similarity of at least ${atLeast}), received ${shown}. Ask for the same.`,
        };
      }
      if (similarity > atMost) {
        return {
          status: 'rejected',
          reason: 'unchanged',
          detail: `Expected other words (similarity of at most ${atMost}), received ${shown}. Word it differently.`,
        };
      }
      return { status: 'passed' };
    },
  };
}

/** Slots as a prompt about movies fills them: any domain would do, as long as both sentences get the same. */
function fillSlots(template: string, language: string): string {
  const { itemsNoun, itemNoun, interactedVerb, field, ...words } = readLanguage(language) === 'zh' ? moviesZh : movies;
  const fillings: Readonly<Record<string, string>> = {
    ...words,
    itemsNoun,
    itemNoun,
    interactedVerb,
    field,
    candidateItems: itemsNoun,
    historyItems: itemsNoun,
    anItem: itemNoun,
    interactedParticiple: interactedVerb,
    service: field,
    orderPhrase: '',
  };
  const plain = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => fillings[name] ?? number);
  return renderForms(plain)[1].replaceAll(slotMark, number);
}

/** In place of every number. */
const number = '10';

function computeCosine(left: Float32Array, right: Float32Array): number | undefined {
  let [product, leftSquares, rightSquares] = [0, 0, 0];
  for (let index = 0; index < left.length; index++) {
    product += left[index]! * right[index]!;
    leftSquares += left[index]! ** 2;
    rightSquares += right[index]! ** 2;
  }
  if (leftSquares === 0 && rightSquares === 0) return undefined;
  if (leftSquares === 0 || rightSquares === 0) return 0;
  return Math.min(1, Math.max(-1, product / Math.sqrt(leftSquares * rightSquares)));
}

function assertVectors(vectors: unknown, { id, dimensions }: TextEmbedder): void {
  const two = Array.isArray(vectors) && vectors.length === 2;
  if (!two) throw new InvalidArgumentError(`the vectors of the embedder ${id}`, '2, one for each text', vectors);
  for (const vector of vectors as readonly unknown[]) {
    if (!(vector instanceof Float32Array) || vector.length !== dimensions || !vector.every(Number.isFinite)) {
      throw new InvalidArgumentError(
        `a vector of the embedder ${id}`,
        `a Float32Array of ${dimensions} finite values`,
        vector,
      );
    }
  }
}

function isAbort(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted === true) return true;
  if (error instanceof TextModelError) return error.failure === 'aborted';
  return error instanceof Error && error.name === 'AbortError';
}

function skip(detail: string): GuardOutcome {
  return { status: 'not-checked', detail };
}

function assertBetween(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new InvalidArgumentError(name, `a number from ${least} to ${most}`, value);
}
