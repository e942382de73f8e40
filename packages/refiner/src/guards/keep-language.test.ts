import { describe, expect, it } from 'vitest';
import { createOwnRewrite, getFinding } from './find-expression.fixture.ts';
import { createKeepLanguageGuard } from './keep-language.ts';

const guard = createKeepLanguageGuard();
const find = (language: string, parent: string, text: string) =>
  getFinding(guard.check(createOwnRewrite(parent, text, { language })));

describe('keep-language', () => {
  it.each([
    ['en', 'Rank the candidates.', 'Sort the candidates, one per line.'],
    ['en', 'Rank {itemsNoun}.', 'Sort {itemsNoun} like a naïve café regular would.'],
    ['en', 'Order them.', 'Score every single candidate before sorting.'],
    ['zh', '请写一个 JSON 数组。', '请给出 JSON 数组，用 [A] 表示候选。'],
    ['zh', '请排列{itemsNoun}。', '请给{itemsNoun}排序，着重看后面的 3 部。'],
    ['zh-Hant', '請排列候選電影。', '請將候選電影排序。'],
    ['zh-TW', '請排列候選電影。', '候選電影請排好。'],
    ['zh-Hans', '請排列候選電影。', '候選電影請排好。'],
    ['fr', 'Classe les films selon mes goûts.', 'Range les films d’après ce que j’aime.'],
    ['de', 'Ordne die Filme nach meinem Geschmack.', 'Sortiere die Filme so, wie es zu mir passt.'],
    ['ja', '映画を並べてください。', '候補の映画をランキングにしてください。'],
    ['ru', 'Отсортируй фильмы.', 'Расположи фильмы по порядку.'],
    ['xx', 'Rank them.', 'Sort them.'],
  ])('passes in %s: %s → %s', (language, parent, text) => {
    expect(find(language, parent, text)).toBe('passed');
  });

  it.each([
    ['en', 'Rank the candidates.', '请排列候选。'],
    ['en', 'Rank the candidates.', 'Rank the 候选.'],
    ['en', 'Rank the candidates.', 'Rаnk the candidates.'],
    ['en', 'Rank the candidates.', 'Range les candidats selon mes goûts.'],
    ['en', 'Rank the candidates.', 'Rank the candidates, sortiert nach dem was ich mag.'],
    ['en', 'Rank the {count:only one|# candidates}.', 'Rank the {count:唯一的|# 个}.'],
    ['zh', '请排列候选。', 'Rank the candidates.'],
    ['zh', '请排列候选。', '請排列候選。'],
    ['zh', '请排列候选。', '请 sort 候选。'],
    ['zh', '请排列候选。', '請排列候选。'],
    ['zh', '请排列候选。', '候補を並べてください。'],
    ['zh-Hant', '請排列候選。', '请排列候选。'],
    ['zh_TW', '請排列候選。', '請排列候选。'],
    ['ja', '映画を並べてください。', '영화를 정렬하세요.'],
    ['ru', 'Отсортируй фильмы.', 'Sort the movies.'],
    ['fr', 'Classe les films selon mes goûts.', 'Rank the movies by what I like and give them in order.'],
  ])('rejects in %s: %s → %s', (language, parent, text) => {
    expect(find(language, parent, text)).toBe('language');
  });

  it('does not read names of slots', () => {
    expect(find('zh', '请排列{itemsNoun}。', '{itemsNoun}请排好。')).toBe('passed');
  });
});
