import { foldText, longestText, renderForms, showText } from './folded-text.ts';
import { functionWords } from './function-words.ts';
import type { Guard, GuardOutcome } from './guard.ts';
import { readWrittenChinese } from './written-chinese.ts';

/**
 * Rejects as `language` what is wholly or in part in another language than `rewrite.language`: letters of another script,
 * words of another European language, traditional characters for simplified ones and the reverse, and in Chinese, Japanese
 * and Korean sentences Latin words. Whatever script or word the parent has is allowed; names of slots are not read, the words
 * of their forms are.
 */
export function createKeepLanguageGuard(): Guard {
  return {
    name: 'keep-language',
    check({ parent, text, language }): GuardOutcome {
      const read = (template: string): string =>
        renderForms(template.slice(0, longestText)).join('\n').normalize('NFKC');
      const rewrite = read(text);
      const original = read(parent.template);
      const found =
        findForeignScript(rewrite, original, language) ??
        findOtherWriting(rewrite, original, language) ??
        (usesLatin(language) ? findForeignWords(rewrite, original, language) : findLatinWord(rewrite, original));
      if (found === undefined) return { status: 'passed' };
      return {
        status: 'rejected',
        reason: 'language',
        detail: `Expected a sentence in the language ${language} throughout, received ${showText(found)}. Keep the language.`,
      };
    },
  };
}

type Script =
  | 'Latin'
  | 'Han'
  | 'Kana'
  | 'Hangul'
  | 'Cyrillic'
  | 'Greek'
  | 'Arabic'
  | 'Hebrew'
  | 'Devanagari'
  | 'Thai'
  | 'other';

const scripts: readonly (readonly [Script, RegExp])[] = [
  ['Latin', /\p{sc=Latin}/u],
  ['Han', /\p{sc=Han}/u],
  ['Kana', /[\p{sc=Hiragana}\p{sc=Katakana}]/u],
  ['Hangul', /\p{sc=Hangul}/u],
  ['Cyrillic', /\p{sc=Cyrillic}/u],
  ['Greek', /\p{sc=Greek}/u],
  ['Arabic', /\p{sc=Arabic}/u],
  ['Hebrew', /\p{sc=Hebrew}/u],
  ['Devanagari', /\p{sc=Devanagari}/u],
  ['Thai', /\p{sc=Thai}/u],
];

/** Of languages that are not written in Latin letters. */
const ownScripts: Readonly<Record<string, readonly Script[]>> = {
  zh: ['Han'],
  ja: ['Han', 'Kana'],
  ko: ['Hangul', 'Han'],
  ru: ['Cyrillic'],
  uk: ['Cyrillic'],
  bg: ['Cyrillic'],
  sr: ['Cyrillic', 'Latin'],
  el: ['Greek'],
  ar: ['Arabic'],
  fa: ['Arabic'],
  he: ['Hebrew'],
  hi: ['Devanagari'],
  th: ['Thai'],
};

function getCode(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0]!;
}

function usesLatin(language: string): boolean {
  return (ownScripts[getCode(language)] ?? ['Latin']).includes('Latin');
}

/** A run of letters of a script that neither language nor parent has. Latin letters are looked at word by word. */
function findForeignScript(rewrite: string, original: string, language: string): string | undefined {
  const own = ownScripts[getCode(language)] ?? ['Latin'];
  const allowed = new Set<Script>(['Latin', ...own]);
  for (const [script, letter] of scripts) if (letter.test(original)) allowed.add(script);
  for (const [run] of rewrite.matchAll(/\p{L}+/gu)) {
    for (const character of run) {
      const script = scripts.find(([, letter]) => letter.test(character))?.[0] ?? 'other';
      // The prolonged sound mark and the like belong to several scripts.
      if (script === 'other' && /\p{sc=Common}/u.test(character)) continue;
      if (!allowed.has(script)) return run;
    }
  }
  return undefined;
}

/** A character of the way to write Chinese that neither language nor parent has. */
function findOtherWriting(rewrite: string, original: string, language: string): string | undefined {
  if (getCode(language) !== 'zh') return undefined;
  const { traditional, simplified } = readWrittenChinese();
  const wantsTraditional = /[-_](?:hant|tw|hk|mo)\b/i.test(language);
  const other = wantsTraditional ? simplified : traditional;
  const known = new Set(original);
  return [...rewrite].find((character) => other.has(character) && !known.has(character));
}

/** A Latin word of at least two letters that the parent has not. */
function findLatinWord(rewrite: string, original: string): string | undefined {
  const list = (text: string): readonly string[] => text.match(/\p{sc=Latin}{2,}/gu) ?? [];
  const known = new Set(list(original).map((word) => word.toLowerCase()));
  return list(rewrite).find((word) => !known.has(word.toLowerCase()));
}

/** A clause that has another language's function words, accents or both where it should have its own language's words. */
function findForeignWords(rewrite: string, original: string, language: string): string | undefined {
  const own = functionWords[getCode(language)];
  if (own === undefined) return undefined;
  const listWords = (text: string): readonly string[] =>
    foldText(text).match(/\p{sc=Latin}+(?:'\p{sc=Latin}+)?/gu) ?? [];
  const known = new Set(listWords(original));
  const words = listWords(rewrite).filter((word) => !known.has(word));
  const english = getCode(language) === 'en';
  const isAccented = (word: string): boolean => english && !borrowed.has(word) && /[^a-z']/.test(word);
  // English clauses without a word of these are rare enough to be looked at one by one.
  const clauses = (english ? rewrite.split(/[,.;:!?\n]+/) : [])
    .map((clause) => listWords(clause).filter((word) => !known.has(word)))
    .filter((inside) => inside.length >= 4 && !inside.some((word) => own.has(word)));
  for (const [code, others] of Object.entries(functionWords)) {
    if (code === getCode(language)) continue;
    const isForeign = (word: string): boolean => others.has(word) && !own.has(word);
    const found = new Set(words.filter((word) => isForeign(word) || isAccented(word)));
    // Other languages share more words with each other than with English.
    const least = english ? 2 : 1 + words.filter((word) => own.has(word)).length;
    if (found.size >= Math.max(2, least)) return [...found].join(' ');
    const clause = clauses.find((inside) => inside.some(isForeign));
    if (clause !== undefined) return clause.join(' ');
  }
  return undefined;
}

/** Words that English took over with their accents. */
const borrowed: ReadonlySet<string> = new Set([
  'café',
  'cliché',
  'clichés',
  'naïve',
  'façade',
  'fiancé',
  'résumé',
  'oeuvre',
  'œuvre',
  'œuvres',
  'vis-à-vis',
  'déjà',
  'passé',
  'cinéma',
  'rôle',
  'précis',
]);
