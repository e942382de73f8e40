import { describe, expect, it } from 'vitest';
import { hedgeFactor, stressFactor } from './clauses.ts';
import type { Concept } from './concepts.ts';
import { type Guidance, readGuidance } from './read-guidance.ts';

const read = (text: string): Guidance => readGuidance(text, false);

describe('readGuidance', () => {
  it.each<readonly [string, Concept, number]>([
    ['What I saw of late should lead the way.', 'recency', 1],
    ['Trust the newest entries more than the rest.', 'recency', 1],
    ['My likings keep changing.', 'recency', 1],
    ['Older movies count less.', 'recency', 1],
    ['Give the last few more weight than the old ones.', 'recency', 1],
    ['Look at all I have ever seen.', 'overall', 1],
    ['Infer it from all of the history.', 'overall', 1],
    ['Take my history as a whole.', 'overall', 1],
    ['What appeals to me goes first.', 'taste', 1],
    ['Sort them by how much they resemble my favourites.', 'taste', 1],
    ['You serve one particular viewer.', 'taste', 1],
    ['Go with what the general public watches.', 'popularity', 1],
    ['You sense what makes viewers curious.', 'popularity', 1],
    ['You are a big streaming platform.', 'popularity', 1],
    ['Popularity is beside the point.', 'popularity', -1],
    ['I could not care less about hype, box office or star power.', 'popularity', -1],
    ['How famous it is, does not matter.', 'popularity', -1],
    ['You have seen films that hardly anyone has heard of.', 'niche', 1],
    ['You are a film critic.', 'niche', 1],
    ['Think it through carefully.', 'deliberation', 1],
    ['Score each candidate.', 'deliberation', 1],
    ['Make a first draft and correct it.', 'deliberation', 1],
    ['Get to the point.', 'brevity', 1],
    ['Spare me the reasons.', 'brevity', 1],
    ['Titles only!', 'brevity', 1],
    ['No introduction, remarks or notes.', 'brevity', 1],
    ['Copy this layout to the letter.', 'explicitness', 1],
    ['近来看的片子最能说明问题。', 'recency', 1],
    ['我的口味变了。', 'recency', 1],
    ['请考虑我看过的全部电影。', 'overall', 1],
    ['请按我的喜好排。', 'taste', 1],
    ['大家都爱看的排前面。', 'popularity', 1],
    ['片子火不火都无所谓。', 'popularity', -1],
    ['别管它们有多热门。', 'popularity', -1],
    ['名气大小，不必考虑。', 'popularity', -1],
    ['你熟悉冷门佳作。', 'niche', 1],
    ['请一步一步地想。', 'deliberation', 1],
    ['给每部打分。', 'deliberation', 1],
    ['请简短。', 'brevity', 1],
    ['不要解释。', 'brevity', 1],
    ['别加任何说明。', 'brevity', 1],
    ['请严格按照下面的格式。', 'explicitness', 1],
  ])('%s', (text, concept, sign) => {
    expect(read(text)[concept] * sign).toBeGreaterThan(0.19);
  });

  it.each<readonly [string, Concept]>([
    ['Rank by taste rather than by popularity.', 'niche'],
    ['It is not recent.', 'recency'],
    ['What is popular right now goes first.', 'recency'],
    ['Do not explain anything.', 'deliberation'],
    ['Judge by my taste, not by fame.', 'brevity'],
    ['No long history is needed.', 'overall'],
    ['不是最近的。', 'recency'],
    ['不要解释。', 'deliberation'],
  ])('hears nothing else in: %s', (text, concept) => {
    expect(read(text)[concept]).toBe(0);
  });

  it('keeps negations within their reach', () => {
    expect(read('Rank by my taste without considering fame.')).toMatchObject({ taste: 0.45, popularity: -0.6 });
    expect(read('Ignore fame and go by my taste.')).toMatchObject({ taste: 0.45, popularity: -0.6 });
    expect(read('Leave fame out of it, but mind my taste.')).toMatchObject({ taste: 0.45, popularity: -0.6 });
    expect(read('按热度排而不是按我的口味排。')).toMatchObject({ taste: 0, popularity: 0.6 });
  });

  it('takes two negations for none', () => {
    expect(read('Do not forget to mind what I saw lately.')).toMatchObject({ recency: 0.45, overall: 0 });
    expect(read('不要忘了我最近看的。').recency).toBe(0.6);
    expect(read('Not only the hits but also the rest.').popularity).toBe(0.4);
    expect(read('不仅要看最近的，也要看以前的。').recency).toBe(0.6);
  });

  it('hears the long run where the latest must not decide', () => {
    expect(read('Do not let the latest ones mislead you.')).toMatchObject({ recency: 0, overall: 0.6 });
    expect(read('Not just the recent ones.').overall).toBeCloseTo(0.45 * hedgeFactor, 12);
    expect(read('不要只看最近几部。').overall).toBeCloseTo(0.6 * hedgeFactor, 12);
    // 0.55 for "older ones too", and half of 0.45 for the mention of the old beside the recent.
    expect(read('The recent ones but the older ones too.').overall).toBeCloseTo(1 - 0.45 * (1 - 0.225), 12);
  });

  it('weakens what is hedged and strengthens what is stressed', () => {
    expect(read('Perhaps mind what I saw lately.').recency).toBeCloseTo(0.45 * hedgeFactor, 12);
    expect(read('If you like, mind what I saw lately.').recency).toBeCloseTo(0.45 * hedgeFactor, 12);
    expect(read('Mind what I saw lately, if possible.').recency).toBeCloseTo(0.45 * hedgeFactor, 12);
    expect(read('Above all, mind what I saw lately.').recency).toBeCloseTo(0.45 * stressFactor, 12);
    expect(read('也许可以看看我最近的。').recency).toBeCloseTo(0.6 * hedgeFactor, 12);
    expect(read('务必看我最近的。').recency).toBeCloseTo(0.6 * stressFactor, 12);
    expect(read('Let fame count less.').popularity).toBeCloseTo(-0.6 * hedgeFactor, 12);
  });

  it('counts a group once in a clause and again in the next', () => {
    expect(read('My taste and my preferences.').taste).toBe(0.45);
    expect(read('My taste. My preferences.').taste).toBeCloseTo(1 - 0.55 ** 2, 12);
  });

  it('denies what was said just before', () => {
    expect(read('Their popularity, that is of no importance.').popularity).toBe(-0.6);
    expect(read('Their popularity counts; the fame of a film should not.').popularity).toBe(0);
    expect(read('Awards, hype, fame and publicity do not matter.').popularity).toBeLessThan(-0.8);
    expect(read('My taste, hype and fame do not matter.').taste).toBe(0.45);
  });

  it('knows an example, wherever it is shown', () => {
    expect(readGuidance('Write a list.', true).explicitness).toBeCloseTo(0.5, 12);
    expect(read('Write ["<title>"].').explicitness).toBeGreaterThanOrEqual(0.5);
  });

  it('reads no sentence without order, nor scraps beside one', () => {
    const nothing = read('Hello.');
    expect(read('Count the most movies I to my when of the latest order by. Latest!')).toEqual(nothing);
    expect(read('Latest!').recency).toBe(0.6);
  });

  it('tells the language of most instructions', () => {
    expect(read('请排序。').language).toBe('zh');
    expect(read('请用 JSON 作答，最合适的放在最前。').language).toBe('zh');
    expect(read('请用JSON数组输出片名。')).toMatchObject({
      language: 'zh',
      answer: { content: 'titles', shape: 'json' },
    });
    expect(read('Rank them by 口味.').language).toBe('en');
    expect(read('').language).toBe('en');
  });

  it('gives one object for one text', () => {
    expect(read('Be brief.')).toBe(read('Be brief.'));
    for (let index = 0; index < 5000; index++) read(`Be brief ${index}.`);
    expect(read('Be brief.')).toEqual(read('Be brief. '));
  });
});
