import { InvalidArgumentError, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { plainSentences } from '../refining/sentences.fixture.ts';
import { weakWordings } from '../worlds/weak-wordings.ts';
import { otherRequests, paraphrases } from './rewrite-pairs.fixture.ts';
import { createSimulatedEmbedder } from './simulated-embedder.ts';

const languages = ['en', 'zh'] as const;
const embedder = createSimulatedEmbedder();
const embed = async (text: string): Promise<Float32Array> => (await embedder.embed([text]))[0]!;
const multiply = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, index) => sum + value * right[index]!, 0);
const computeCosine = async (left: string, right: string): Promise<number> =>
  multiply(await embed(left), await embed(right));
/** Share of rewrites whose cosine with their sentence is at least `threshold`. */
const computeShare = async (
  rewrites: Readonly<Record<string, readonly string[]>>,
  threshold: number,
): Promise<number> => {
  const pairs = Object.entries(rewrites).flatMap(([sentence, others]) => others.map((other) => [sentence, other]));
  const cosines = await Promise.all(pairs.map(([sentence, other]) => computeCosine(sentence!, other!)));
  return cosines.filter((cosine) => cosine >= threshold).length / cosines.length;
};

describe('createSimulatedEmbedder', () => {
  it('gives vectors of length 1 with the dimensions that it names', async () => {
    const texts = [...plainSentences.en, ...plainSentences.zh, 'Alien (1979)', '霸王别姬', 'the', '…', '', ' \n'];
    const vectors = await embedder.embed(texts);
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) {
      expect(vector).toHaveLength(embedder.dimensions);
      expect(multiply(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it('gives the same vector for the same text, whatever is asked beside it', async () => {
    const texts = [...plainSentences.en, ...plainSentences.zh];
    const together = await createSimulatedEmbedder().embed(texts);
    for (const [index, text] of texts.entries()) expect(await embed(text)).toEqual(together[index]);
  });

  it('has as many floats for unknown words as asked for, which its id names', async () => {
    const small = createSimulatedEmbedder({ wordDimensions: 16 });
    expect(embedder.dimensions - small.dimensions).toBe(240);
    expect(small.id).not.toBe(embedder.id);
    expect((await small.embed(['Alien']))[0]).toHaveLength(small.dimensions);
  });

  it.each(languages)('puts paraphrases nearer than other requests, %s', async (language) => {
    expect(await computeShare(paraphrases[language], 0.84)).toBeGreaterThanOrEqual(0.85);
    expect(await computeShare(otherRequests[language], 0.84)).toBeLessThanOrEqual(0.2);
  });

  it.each([
    [
      'Order the candidates by how similar they are to what I prefer.',
      'Rank the candidates by their similarity to my preferences.',
      'Order the candidates by how popular they are with most people.',
    ],
    [
      'My taste shifts: let the {itemsNoun} I {interactedVerb} most recently count most when you order the candidates.',
      'Because my taste changes, give the most weight to the {itemsNoun} I {interactedVerb} last when ranking the candidates.',
      'My taste is broad: let all the {itemsNoun} I ever {interactedVerb} count alike when you order the candidates.',
    ],
    [
      '请按照与我喜好的相似程度排列候选{itemsNoun}。',
      '请看候选{itemsNoun}与我的偏好有多相似，并以此排序。',
      '请按照受大家欢迎的程度排列候选{itemsNoun}。',
    ],
    ['回答要简短，不要解释。', '请简短作答，不必解释。', '回答之前请一步一步思考，并解释理由。'],
  ])('%s', async (sentence, paraphrase, other) => {
    const near = await computeCosine(sentence, paraphrase);
    expect(near).toBeGreaterThan(0.84);
    expect(await computeCosine(sentence, other)).toBeLessThan(near - 0.2);
  });

  it('tells what the reader reads no concept in', async () => {
    const sentence = 'You are the recommender system of a large {service}.';
    expect(await computeCosine(sentence, 'You are the chief accountant of a large {service}.')).toBeLessThan(0.84);
    expect(await computeCosine('Heavy rain over the harbour', 'Rain over a harbour')).toBeGreaterThan(
      await computeCosine('Heavy rain over the harbour', 'A quarrel about cheese'),
    );
    expect(await computeCosine('港口大雨', '港口下雨')).toBeGreaterThan(await computeCosine('港口大雨', '奶酪之争'));
  });

  it.each([
    ['Sort these {itemsNoun} by my taste.', 'Sort these movies by my taste.'],
    ['Write {count:the only title|all # titles, the best first}.', 'Write all 10 titles, the best first.'],
    ['请按我的口味给这些{itemsNoun}排序。', '请按我的口味给这些电影排序。'],
    ['请写出{count:唯一候选的标题|全部 # 个候选的标题}。', '请写出全部 10 个候选的标题。'],
  ])('reads slots as a prompt about movies fills them: %s', async (template, filled) => {
    expect(await computeCosine(template, filled)).toBeCloseTo(1, 5);
  });

  it('leaves hedges out', async () => {
    const { template } = weakWordings.en.reasoning.find(({ id }) => id === 'similar-preferences')!;
    expect(
      await computeCosine(template, 'Order the candidates by how similar they are to what I prefer.'),
    ).toBeGreaterThan(0.95);
  });

  it('puts what denies a thing apart from what asks for it', async () => {
    expect(await computeCosine('Let fame decide the order.', 'Never let fame decide the order.')).toBeLessThan(0.6);
    expect(await computeCosine('请考虑电影的名气。', '不要考虑电影的名气。')).toBeLessThan(0.6);
  });

  it('puts texts without a word on an axis of their own', async () => {
    expect(await computeCosine('', ' …\n')).toBe(1);
    expect(await computeCosine('', 'Rank the candidates.')).toBe(0);
  });

  it('gives nothing for no text', async () => {
    expect(await embedder.embed([])).toEqual([]);
  });

  it('rejects for an aborted signal', async () => {
    const reason = new Error('enough');
    const answer = embedder.embed(['Rank the candidates.'], { signal: AbortSignal.abort(reason) });
    await expect(answer).rejects.toThrow(TextModelError);
    await expect(answer).rejects.toMatchObject({ failure: 'aborted', cause: reason });
    await expect(embedder.embed(['a'], { signal: new AbortController().signal })).resolves.toHaveLength(1);
  });

  it('refuses what is no text, and dimensions out of range', async () => {
    await expect(embedder.embed(['a', 7 as unknown as string])).rejects.toThrow(InvalidArgumentError);
    await expect(embedder.embed(['a', undefined as unknown as string])).rejects.toThrow('texts[1]');
    await expect(embedder.embed('a' as unknown as string[])).rejects.toThrow(InvalidArgumentError);
    for (const wordDimensions of [0, 15, 16.5, Number.NaN]) {
      expect(() => createSimulatedEmbedder({ wordDimensions })).toThrow(InvalidArgumentError);
    }
  });
});
