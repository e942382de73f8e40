import type { RandomStream } from '@rppkit/spec';
import { classifySentence, composeSentence } from './compose-sentence.ts';
import { dropSlot } from './drop-slot.ts';
import { sampleFaithfulRewrite } from './faithful-rewrite.ts';
import { injections, mentions } from './malicious-words.ts';
import type { RewriteRequest } from './read-rewrite-request.ts';
import type { Rewrite, RewriteFault } from './rewrite-fault.ts';
import { computeWantedReading, splitExample } from './sentence-reading.ts';
import { readSlots } from './slots.ts';

type MaliciousFault = Extract<
  RewriteFault,
  'dropped-slot' | 'copied-title' | 'injected-instruction' | 'switched-language'
>;

const faults: readonly MaliciousFault[] = ['dropped-slot', 'copied-title', 'injected-instruction', 'switched-language'];

/** A rewrite that does harm in one way, drawn evenly from those that the request allows. */
export function sampleMaliciousRewrite(request: RewriteRequest, random: RandomStream): Rewrite {
  const { slots, evidence, language } = request;
  const possible = faults.filter(
    (fault) => (fault !== 'dropped-slot' || slots.length > 0) && (fault !== 'copied-title' || evidence.length > 0),
  );
  const fault = possible[random.split('fault').integer(possible.length)]!;
  const words = random.split('words');
  if (fault === 'switched-language') return switchLanguage(request, words);
  const base = sampleFaithfulRewrite(request, random.split('base'));
  switch (fault) {
    case 'dropped-slot':
      return { text: dropSlot(base, language, words)!, faults: [fault] };
    case 'copied-title': {
      const title = evidence[words.integer(evidence.length)]!;
      return {
        text: insert(
          base,
          pick(mentions[language], words).replace('<title>', () => title),
        ),
        faults: [fault],
      };
    }
    case 'injected-instruction': {
      const order = pick(injections[language], words).replace('<number>', String(1 + words.integer(9)));
      return { text: insert(base, order), faults: [fault] };
    }
  }
}

/** As a sentence of its own, in front where the lines of an example have to stay last. */
function insert(sentence: string, more: string): string {
  const space = /\p{sc=Han}/u.test(more) ? '' : ' ';
  return sentence.includes('\n') ? `${more}${space}${sentence}` : `${sentence}${space}${more}`;
}

/** What the sentence says, worded in the other language; slots that find no place there are lost. */
function switchLanguage(request: RewriteRequest, random: RandomStream): Rewrite {
  const { sentence, language } = request;
  const other = language === 'en' ? 'zh' : 'en';
  const wanted = computeWantedReading(sentence, language);
  const words = counts[other];
  const translated = splitExample(sentence)
    .head.replaceAll(/\{count:[^{}]*\}/g, `{count:${words[wanted.answer.content]}}`)
    .replaceAll(/\{historyCount:[^{}]*\}/g, `{historyCount:${words.history}}`);
  // The kind of sentence is read off its words, so these stay; only slots that the language has no place for go.
  const withoutSlots = translated.replaceAll(/\{(?!count)[^{}]*\}/g, '');
  const compose = (given: string): string | undefined =>
    composeSentence({
      sentence: given,
      language: other,
      kind: classifySentence(sentence, language),
      wanted,
      random: random.split('composition'),
      accepts: () => true,
    });
  const text = compose(translated) ?? compose(withoutSlots) ?? fallbacks[other];
  return { text, faults: hasSlotsOf(text, sentence) ? ['switched-language'] : ['dropped-slot', 'switched-language'] };
}

function hasSlotsOf(text: string, sentence: string): boolean {
  const list = (of: string): string =>
    JSON.stringify(
      readSlots(of)
        .map(({ name }) => name)
        .toSorted(),
    );
  return list(text) === list(sentence);
}

function pick<T>(values: readonly T[], random: RandomStream): T {
  return values[random.integer(values.length)]!;
}

const counts = {
  en: {
    titles: 'the title of the only candidate|the titles of all # candidates, the best first',
    indices: 'the number of the only candidate|the numbers of all # candidates, the best first',
    history: 'the one|all the',
  },
  zh: {
    titles: '唯一候选的标题|全部 # 个候选的标题，最合适的排在最前',
    indices: '唯一候选的编号|全部 # 个候选的编号，最合适的排在最前',
    history: '这一|全部',
  },
} as const;

const fallbacks: Readonly<Record<'en' | 'zh', string>> = {
  en: 'Put the candidates in the order that suits me best.',
  zh: '请把候选按最适合我的先后排列。',
};
