import { InvalidArgumentError, type TextEmbedder, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createOwnRewrite } from './find-expression.fixture.ts';
import { createKeepMeaningGuard } from './keep-meaning.ts';

/** Answers with the given vectors, and remembers what it was asked. */
function createScriptedEmbedder(
  answer: (texts: readonly string[]) => readonly (readonly number[])[] | Error,
  asked: (readonly string[])[] = [],
): TextEmbedder {
  return {
    id: 'scripted',
    dimensions: 2,
    async embed(texts) {
      asked.push(texts);
      const vectors = answer(texts);
      if (vectors instanceof Error) throw vectors;
      return vectors.map((vector) => new Float32Array(vector));
    },
  };
}

const rewrite = createOwnRewrite('Order {itemsNoun}.', 'Rank {itemsNoun}.');
const at = (degrees: number): readonly number[] => [
  Math.cos((degrees * Math.PI) / 180),
  Math.sin((degrees * Math.PI) / 180),
];
const check = (embedder: TextEmbedder, bounds: { atLeast?: number; atMost?: number } = {}) =>
  createKeepMeaningGuard({ embedder, ...bounds }).check(rewrite);

describe('keep-meaning', () => {
  it('is not checked without an embedder', async () => {
    expect(await createKeepMeaningGuard().check(rewrite)).toMatchObject({ status: 'not-checked' });
  });

  it.each([
    [{}, 53, { status: 'passed' }],
    [{}, 54, { status: 'rejected', reason: 'drift' }],
    [{}, 2, { status: 'passed' }],
    [{}, 1, { status: 'rejected', reason: 'unchanged' }],
    [{ atLeast: 0.9 }, 30, { status: 'rejected', reason: 'drift' }],
    [{ atMost: 1 }, 0, { status: 'passed' }],
    [{ atMost: 0.8 }, 30, { status: 'rejected', reason: 'unchanged' }],
  ])('judges the cosine under %j: %i degrees', async (bounds, degrees, expected) => {
    const embedder = createScriptedEmbedder(() => [[3, 0], at(degrees).map((value) => 5 * value)]);
    expect(await check(embedder, bounds)).toMatchObject(expected);
  });

  it('fills slots alike in both', async () => {
    const asked: (readonly string[])[] = [];
    const embedder = createScriptedEmbedder(() => [at(0), at(20)], asked);
    await createKeepMeaningGuard({ embedder }).check(
      createOwnRewrite('Write {count:it|all # of {{them}}}.', 'Rank {count:x|# {itemsNoun}}: {field}, {anItem}.'),
    );
    await createKeepMeaningGuard({ embedder }).check(
      createOwnRewrite('看{itemsNoun}。', '读{measureWord}{itemsNoun}。', { language: 'zh' }),
    );
    expect(asked[1]).toEqual(['看电影。', '读部电影。']);
    expect(asked[0]![1]).toContain('film, movie.');
  });

  it('sees no likeness where one vector is empty, and checks nothing where both are', async () => {
    expect(await check(createScriptedEmbedder(() => [at(0), [0, 0]]))).toMatchObject({ reason: 'drift' });
    expect(
      await check(
        createScriptedEmbedder(() => [
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toMatchObject({ status: 'not-checked' });
  });

  it('is not checked where the embedder fails', async () => {
    const failing = createScriptedEmbedder(() => new TextModelError('server', 'down'));
    expect(await check(failing)).toMatchObject({ status: 'not-checked', detail: expect.stringContaining('down') });
  });

  it('throws an abort', async () => {
    const aborted = new TextModelError('aborted', 'given up');
    await expect(check(createScriptedEmbedder(() => aborted))).rejects.toBe(aborted);
    const named = new DOMException('stop', 'AbortError');
    await expect(check(createScriptedEmbedder(() => named))).rejects.toBe(named);
    const signal = AbortSignal.abort(new Error('mine'));
    const guard = createKeepMeaningGuard({ embedder: createScriptedEmbedder(() => [at(0), at(0)]) });
    await expect(guard.check(rewrite, { signal })).rejects.toThrow('mine');
  });

  it.each([
    ['too few', [[1, 0]]],
    ['too short', [[1], [1]]],
    [
      'not finite',
      [
        [1, 0],
        [Number.NaN, 1],
      ],
    ],
  ])('throws for vectors that are %s', async (_, vectors) => {
    await expect(check(createScriptedEmbedder(() => vectors))).rejects.toThrow(InvalidArgumentError);
  });

  it('throws for bounds out of range', () => {
    expect(() => createKeepMeaningGuard({ atLeast: -2 })).toThrow(InvalidArgumentError);
    expect(() => createKeepMeaningGuard({ atMost: 0.5 })).toThrow(InvalidArgumentError);
    expect(() => createKeepMeaningGuard({ atLeast: Number.NaN })).toThrow(InvalidArgumentError);
  });
});
