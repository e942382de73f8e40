/** Words that deny outright; "rather than" and the like are no part of it. */
const denials: Readonly<Record<'en' | 'zh', RegExp>> = {
  en: /\b(?:no|not|never|none|nothing|nor|neither|without|cannot)\b|n[’']t\b/i,
  zh: /不(?!错|同|过|断|仅|但)|(?<![特分类级区个差判辨])别(?![的人])|[勿莫毋]|无需|无须|(?<!有)没有|毫无/,
};

/** Whether a sentence denies anything in so many words. */
export function hasNegation(sentence: string, language: 'en' | 'zh'): boolean {
  return denials[language].test(sentence);
}

const affirmations: Readonly<Record<'en' | 'zh', readonly (readonly [RegExp, string])[]>> = {
  en: [
    [/\bdo(?:es)? not matter\b|\bdoes(?:n[’']t) matter\b/gi, 'matters'],
    [/\bmust not\b|\bshould not\b|\bcannot\b/gi, 'should'],
    [/\b(?:do|does|did) not |\b(?:don|doesn|didn)[’']t |\bnever mind\b/gi, ''],
    [/\bnever\b/gi, 'always'],
    [/\b(?:is|are|was|were|will|need|has|have) not\b/gi, 'surely will'],
    [/\bpay no\b/gi, 'pay much'],
    [/\bnothing\b/gi, 'something'],
    [/\bwithout\b/gi, 'with'],
    [/\b(?:no|none)\b/gi, 'some'],
    [/\b(?:neither|nor)\b/gi, 'also'],
    [/\bnot\b ?/gi, ''],
    [/n[’']t\b/gi, ''],
  ],
  zh: [
    [/不作任何|不做任何|不加任何|不给任何/g, '作'],
    [/不必|不用|不要|不需要?|无需|无须|(?<![特分类级区个差判辨])别(?![的人])|请勿|勿|莫|毋/g, '要'],
    [/(?<!有)没有|毫无/g, '有'],
    [/不(?!错|同|过|断|仅|但)/g, ''],
  ],
};

/** The sentence with every denial turned into its opposite, slots apart; unchanged where it has none. */
export function dropNegations(sentence: string, language: 'en' | 'zh'): string {
  const affirmed = sentence
    .split(/(\{[^{}]*\})/)
    .map((part) => {
      if (part.startsWith('{')) return part;
      return affirmations[language].reduce((text, [pattern, words]) => text.replaceAll(pattern, words), part);
    })
    .join('');
  return affirmed.replaceAll(
    /(^|[.!?] )([a-z])/g,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
