import type { RandomStream } from '@rppkit/spec';
import { dropHedges } from './hedges.ts';
import { splitExample } from './sentence-reading.ts';

type Synonyms = readonly (readonly [pattern: RegExp, words: readonly string[]])[];

/** Words that may stand for one another whatever is said, by language. */
const synonyms: Readonly<Record<'en' | 'zh', Synonyms>> = {
  en: [
    [/\border\b(?= (?:the|these|my|all))/gi, ['sort', 'rank', 'arrange']],
    [/\bsort\b/gi, ['order', 'rank', 'arrange']],
    [/\brank\b(?= (?:the|these|my|all))/gi, ['order', 'sort', 'arrange']],
    [/\bwrite\b/gi, ['give', 'write down', 'put down']],
    [/\bgive\b(?= (?:a|an|the|me))/gi, ['provide', 'hand over']],
    [/\baccording to\b/gi, ['in line with', 'on the basis of', 'in accordance with']],
    [/\bbased on\b/gi, ['on the basis of', 'going by']],
    [/\bmost recently\b/gi, ['last', 'lately']],
    [/\beverything\b/gi, ['all that', 'all of what']],
    [/\bpreferences\b/gi, ['likings', 'tastes']],
    [/\blarge\b/gi, ['big', 'great']],
    [/\bclosely\b/gi, ['attentively', 'with care']],
    [/\bhow well\b/gi, ['how closely']],
    [/\balone\b/gi, ['only']],
    [/\bshould\b/gi, ['ought to', 'had best']],
    [/\bput\b/gi, ['place', 'set']],
    [/\bshow\b/gi, ['present', 'display']],
    [/\bkeep it short\b/gi, ['make it short', 'stay short']],
    [/\bmovies\b/gi, ['films']],
    [/\bthese\b/gi, ['the following']],
    [/\beach\b/gi, ['every']],
    [/\ball\b(?= the)/gi, ['all of']],
  ],
  zh: [
    [/排列/g, ['排序', '排好']],
    [/排序/g, ['排列', '排出先后']],
    [/按照/g, ['依照', '根据']],
    [/根据/g, ['依据', '按照']],
    [/请按(?!照)/g, ['请按照', '请依照']],
    [/写出/g, ['列出', '给出']],
    [/列出/g, ['写出', '给出']],
    [/全部/g, ['所有', '全体']],
    [/最看重/g, ['最重视', '最注重']],
    [/喜好/g, ['偏好', '爱好']],
    [/非常/g, ['十分', '很']],
    [/密切/g, ['时刻', '紧密']],
    [/大型/g, ['大']],
    [/一位/g, ['一名', '一个']],
    [/务必/g, ['一定要', '必须']],
    [/不要/g, ['请勿', '别']],
    [/再/g, ['然后']],
  ],
};

const openings: Readonly<Record<'en' | 'zh', readonly string[]>> = {
  en: ['In this task, ', 'For this task, ', 'Here, ', 'In what follows, '],
  zh: ['在这项任务中，', '在这里，', '这一次，', '在本次任务里，'],
};

/**
 * The given sentence with a few words exchanged, hedges left out where it has any, and, where `opened` is set or nothing
 * else changed, an opening in front. Slots and the lines of an example stay as they are.
 */
export function sampleLightEdit(
  sentence: string,
  {
    language,
    random,
    opened = false,
  }: { readonly language: 'en' | 'zh'; readonly random: RandomStream; readonly opened?: boolean },
): string {
  const { head, tail } = splitExample(dropHedges(sentence, language));
  // Each word is exchanged once at most: the marks keep a synonym from being exchanged again.
  const taken: string[] = [];
  let edited = head.replaceAll(/\{[^{}]*\}/g, (slot) => `\u0000${taken.push(slot) - 1}\u0001`);
  for (const [pattern, words] of synonyms[language]) {
    edited = edited.replaceAll(pattern, (word) => {
      if (random.uniform() < 0.4) return word;
      const other = words[random.integer(words.length)]!;
      return `\u0000${taken.push(/^[A-Z]/.test(word) ? other[0]!.toUpperCase() + other.slice(1) : other) - 1}\u0001`;
    });
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no sentence holds these marks.
  edited = edited.replaceAll(/\u0000(\d+)\u0001/g, (_, index: string) => taken[Number(index)]!);
  if (opened || edited + tail === sentence) {
    const opening = openings[language][random.integer(openings[language].length)]!;
    edited = opening + (/^[A-Z](?=[a-z])/.test(edited) ? edited[0]!.toLowerCase() + edited.slice(1) : edited);
  }
  return edited + tail;
}
