/** Words that take the strength out of what is said. In English with the comma that belongs to them. */
const hedges: Readonly<Record<'en' | 'zh', readonly RegExp[]>> = {
  en: [
    /\b(?:if|where|when|as long as) (?:you|it) (?:(?:would |so )?(?:like|wish|want|prefer|see fit|think so|care to)|feels? (?:like it|right)|suits you|seems? (?:right|useful|fit)|(?:happens? to )?helps?)\b,? ?/gi,
    /\b(?:if|where|when|as far as)(?: at all)? possible\b,? ?/gi,
    /,? ?\b(?:perhaps|maybe|possibly|conceivably|as it were|so to speak|if anything|if need be|i suppose|i guess)\b,? ?/gi,
    /\b(?:you (?:may|might|could|can)(?: (?:also|just|well|want to|wish to|like to|try to))*|feel free to|it (?:may|might|could) (?:be (?:nice|good|useful|worthwhile)|help|not hurt) to|you are welcome to|it would be nice to)\b ?/gi,
    /\b(?:may|might|could)(?= (?:be|count|matter|play|lead|decide|weigh))\b ?/gi,
    /\b(?:a little|a bit|a touch|a shade|slightly|somewhat|to some (?:extent|degree)|up to a point|more or less|kind of|sort of|in a way|rather loosely|loosely|vaguely|at least partly|partly|in part)\b(?: of)? ?/gi,
    /\b(?:something of|not unlike) /gi,
  ],
  zh: [
    /如果?(?:您|你)?(?:愿意|方便|觉得合适|觉得有用|乐意|想)的?话?[，,]?/g,
    /(?:若|如)(?:有可能|可能|方便|愿意)(?:的话)?[，,]?/g,
    /(?:也许|或许|大概|大约|可能的话|兴许|说不定)[，,]?/g,
    /(?:不妨|姑且|可以考虑|可以试着|可以|可考虑|尽量|试着|试试)/g,
    /(?:稍微|稍稍|略微|略为|多少|有点儿?|有些|一定程度上|某种程度上|大致|大体上?|勉强)/g,
  ],
};

/** A sentence without its hedges, slots untouched; the same text where it has none. */
export function dropHedges(sentence: string, language: 'en' | 'zh'): string {
  const plain = sentence
    .split(/(\{[^{}]*\})/)
    .map((part) =>
      part.startsWith('{') ? part : hedges[language].reduce((text, hedge) => text.replaceAll(hedge, ' '), part),
    )
    .join('');
  if (plain.replaceAll(/\s/g, '') === sentence.replaceAll(/\s/g, '')) return sentence;
  return language === 'zh' ? tidyChinese(plain) : tidyEnglish(plain);
}

function tidyEnglish(text: string): string {
  const tidy = text
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ ([,.;:!?])/g, '$1')
    .replaceAll(/^[\s,]+/g, '');
  return tidy
    .replaceAll(/(^|[.!?] )([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
    .trim();
}

function tidyChinese(text: string): string {
  return text
    .replaceAll(/(?<=[\p{sc=Han}，。：；！？}]) +(?=[\p{sc=Han}，。：；！？{])/gu, '')
    .replaceAll(/^[\s，,]+/g, '')
    .replaceAll(/，(?=[，。])/g, '')
    .trim();
}
