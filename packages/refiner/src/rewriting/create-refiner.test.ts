import { movies, reasoningPattern } from '@rppkit/patterns';
import {
  InvalidArgumentError,
  type TextModel,
  TextModelError,
  type TextModelFailure,
  type TextRequest,
  type TextResponse,
} from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { Guard, Rewrite } from '../guards/guard.ts';
import { createRefiner, type RefinerOptions } from './create-refiner.ts';
import type { Refinement, RefineRequest } from './refinement.ts';

const plain = reasoningPattern.expressions.find(({ id }) => id === 'plain')!;
const better = 'Sort the candidates in the order in which I should {interactVerb} them.';

type Scripted = string | Partial<TextResponse> | Error;

/** Answers in turn; keeps the requests. */
function createModel(answers: readonly Scripted[]): TextModel & { readonly requests: TextRequest[] } {
  const requests: TextRequest[] = [];
  return {
    id: 'scripted',
    requests,
    async generate(request) {
      const answer = answers[requests.push(request) - 1]!;
      if (answer instanceof Error) throw answer;
      const response = typeof answer === 'string' ? { text: answer } : answer;
      const usage = { inputTokens: 7, outputTokens: 3, estimated: false };
      return { text: '', usage, cached: false, latencyMs: 1, finishReason: 'stop', ...response };
    },
  };
}

/** Rejects texts that hold a word; keeps what it was given. */
function createWordGuard(word: string): Guard & { readonly seen: Rewrite[] } {
  const seen: Rewrite[] = [];
  return {
    name: `no ${word}`,
    seen,
    check(rewrite) {
      seen.push(rewrite);
      return rewrite.text.includes(word)
        ? { status: 'rejected', reason: 'drift', detail: `Expected no ${word}.` }
        : { status: 'passed' };
    },
  };
}

const unknown: Guard = { name: 'unknown', check: () => ({ status: 'not-checked', detail: 'Nobody knows.' }) };

async function refine(
  answers: readonly Scripted[],
  options: Partial<RefinerOptions> = {},
  request: Partial<RefineRequest> = {},
): Promise<{ refinement: Refinement; requests: readonly TextRequest[] }> {
  const model = createModel(answers);
  const refiner = createRefiner({ model, guards: [createWordGuard('BAD'), unknown], ...options });
  const refinement = await refiner.refine({ pattern: reasoningPattern, expression: plain, domain: movies, ...request });
  return { refinement, requests: model.requests };
}

describe('refining', () => {
  it('gives a child with its parent, and says what could not be checked', async () => {
    const { refinement, requests } = await refine([JSON.stringify({ sentence: better })]);
    expect(refinement).toMatchObject({
      kind: 'refined',
      expression: { id: 'plain~1', parent: 'plain', perspective: plain.perspective, template: better },
      guards: [
        { guard: 'no BAD', status: 'passed' },
        { guard: 'unknown', status: 'not-checked', detail: 'Nobody knows.' },
      ],
      calls: 1,
    });
    expect(requests[0]).toMatchObject({ purpose: 'refine', sampleIndex: 0 });
    expect(requests[0]!.responseSchema).toBeDefined();
  });

  it('numbers children, retired ones too, and does not hand the mark of the neutral prompt on', async () => {
    const marked = { ...plain, neutral: true as const };
    const pattern = {
      ...reasoningPattern,
      expressions: [marked, { ...plain, id: 'plain~1', parent: 'plain', retired: true as const }],
    };
    const { refinement } = await refine([better], {}, { pattern, expression: marked, sampleIndex: 3 });
    expect(refinement).toMatchObject({ kind: 'refined', expression: { id: 'plain~2' } });
    expect(refinement.kind === 'refined' && refinement.expression.neutral).toBeUndefined();
  });

  it('asks again with what was wrong, and at most as often as it may', async () => {
    const { refinement, requests } = await refine(['BAD one', better]);
    expect(refinement).toMatchObject({ kind: 'refined', calls: 2 });
    expect(requests[1]!.messages[0]!.text).toContain('"BAD one": Expected no BAD.');
    const { refinement: rejected } = await refine(['BAD one', 'BAD two', better]);
    expect(rejected).toMatchObject({ kind: 'rejected', reasons: ['drift'], calls: 2 });
    expect(rejected.attempts.map(({ text }) => text)).toEqual(['BAD one', 'BAD two']);
  });

  it('asks without a schema where an answer to one could not be read', async () => {
    const { refinement, requests } = await refine([{ text: '', finishReason: 'other' }, better]);
    expect(refinement.kind).toBe('refined');
    expect(requests.map(({ responseSchema }) => responseSchema !== undefined)).toEqual([true, false]);
  });

  it('reads no sentence from an empty answer and from one that was cut off', async () => {
    const { refinement } = await refine([{ text: ' ' }, { text: better, finishReason: 'length' }]);
    expect(refinement).toMatchObject({ kind: 'rejected', reasons: ['unreadable'], calls: 2 });
    expect(refinement.attempts.every(({ text }) => text === undefined)).toBe(true);
  });

  it('never gives a child that no prompt can be made of', async () => {
    const { refinement } = await refine(['Sort the {films}.'], { attempts: 1 });
    expect(refinement).toMatchObject({ kind: 'rejected', reasons: ['slots'] });
  });

  it.each<TextModelFailure>(['server', 'rate-limit', 'timeout', 'content-filter', 'budget', 'bad-request'])(
    'says that a call failed with %s',
    async (failure) => {
      const { refinement } = await refine(['BAD', new TextModelError(failure, 'no')], { structured: false });
      expect(refinement).toMatchObject({ kind: 'failed', failure, calls: 2 });
      expect(refinement.attempts).toHaveLength(1);
    },
  );

  it.each<TextModelFailure>(['aborted', 'authentication'])('rejects with %s', async (failure) => {
    await expect(refine([new TextModelError(failure, 'stop')])).rejects.toThrow('stop');
  });

  it('tries the schema again where the request was refused for something else', async () => {
    const bad = new TextModelError('bad-request', 'too many');
    const model = createModel([bad, bad, better]);
    const refiner = createRefiner({ model, guards: [] });
    const request = { pattern: reasoningPattern, expression: plain, domain: movies };
    expect(await refiner.refine(request)).toMatchObject({ kind: 'failed', failure: 'bad-request', calls: 2 });
    expect(await refiner.refine(request)).toMatchObject({ kind: 'refined', calls: 1 });
    expect(model.requests[2]!.responseSchema).toBeDefined();
  });

  it('does without a schema from the first refusal on', async () => {
    for (const error of [
      new InvalidArgumentError('responseSchema', 'none', {}),
      new TextModelError('bad-request', 'unknown response_format'),
    ]) {
      const model = createModel([error, 'BAD', better]);
      const refiner = createRefiner({ model, guards: [createWordGuard('BAD')] });
      const refinement = await refiner.refine({ pattern: reasoningPattern, expression: plain, domain: movies });
      expect(refinement).toMatchObject({ kind: 'refined', calls: 3 });
      expect(model.requests.map(({ responseSchema }) => responseSchema !== undefined)).toEqual([true, false, false]);
      const insisting = createRefiner({ model: createModel([error]), structured: true, guards: [] });
      const request = { pattern: reasoningPattern, expression: plain, domain: movies };
      if (TextModelError.isInstance(error)) {
        expect(await insisting.refine(request)).toMatchObject({ kind: 'failed', failure: 'bad-request' });
      } else await expect(insisting.refine(request)).rejects.toThrow('responseSchema');
    }
  });

  it('shows guards the examples and protected texts, and the model only the examples', async () => {
    const guard = createWordGuard('BAD');
    const { requests } = await refine(
      [better],
      { guards: [guard] },
      { evidence: { facts: ['A fact.'], examples: ['An answer.'] }, protectedTexts: ['A title'] },
    );
    expect(guard.seen[0]!.context).toEqual(['An answer.', 'A title']);
    expect(requests[0]!.messages[0]!.text).toContain('An answer.');
    expect(requests[0]!.messages[0]!.text).not.toContain('A title');
  });

  it('passes the signal on', async () => {
    const { signal } = new AbortController();
    const { requests } = await refine([better], {}, { signal });
    expect(requests[0]!.signal).toBe(signal);
  });

  it('refuses what it cannot work with', async () => {
    const model = createModel([]);
    expect(() => createRefiner({ model, attempts: 0 })).toThrow('Expected attempts to be a positive integer');
    expect(() => createRefiner({ model, maximumLength: 1.5 })).toThrow('Expected maximumLength');
    expect(() => createRefiner({ model, guards: [unknown, unknown] })).toThrow('guards of different names');
    await expect(refine([], {}, { expression: { ...plain, id: 'other' } })).rejects.toThrow(
      'Expected expression to be one of the pattern reasoning',
    );
    const pattern = { ...reasoningPattern, expressions: [{ id: 'none', perspective: '', template: '' }] };
    await expect(refine([], {}, { pattern, expression: pattern.expressions[0]! })).rejects.toThrow(
      'Expected expression to be one that says something',
    );
  });
});
