import type { Topic } from './denial-words.ts';
import { longestText, renderForms, showText } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';
import { type Denials, getDenialWords, readDenials, readTraits } from './read-denials.ts';
import { topics } from './read-segments.ts';

/**
 * Rejects as `negation` what denies something that its parent does not, or no longer denies, or asks for, what its parent
 * denies: "does matter" for "does not matter", "never" where there was nothing of the kind. Two denials that meet make none
 * ("without omitting any", 不要省略); restrictions (only, nothing else, 只) are none, but what the parent restricts may not be
 * opened ("not only"). Sentences of other languages than English and Chinese are `not-checked`.
 */
export function createKeepNegationsGuard(): Guard {
  return {
    name: 'keep-negations',
    check({ parent, text, language }): GuardOutcome {
      const words = getDenialWords(language);
      if (words === undefined) {
        return { status: 'not-checked', detail: `Negations are read in English and Chinese, not in ${language}.` };
      }
      const traits = readTraits(renderForms(parent.template)[1], words);
      const originals = renderForms(parent.template);
      for (const [index, form] of renderForms(text.slice(0, longestText)).entries()) {
        const before = readDenials(originals[index]!, words, { traits, counted: new Set(topics) });
        const counted = new Set(before.denied);
        if (!counted.has('extra')) counted.delete('reading');
        if (remarks.some((topic) => counted.has(topic))) for (const topic of remarks.slice(0, 3)) counted.add(topic);
        const problem = explain(before, readDenials(form, words, { traits, counted, original: parent.template }));
        if (problem !== undefined) return { status: 'rejected', reason: 'negation', detail: problem };
      }
      return { status: 'passed' };
    },
  };
}

/** What an answer may hold besides the list: where one is ruled out, the others may be too. */
const remarks: readonly Topic[] = ['explanation', 'steps', 'extra', 'reading'];

const names: Readonly<Record<Topic, string>> = {
  fame: 'how famous an item is',
  explanation: 'explanations',
  steps: 'intermediate steps',
  extra: 'other words',
  reading: 'reading on',
};

function explain(before: Denials, after: Denials): string | undefined {
  const opened = after.opened[0];
  if (opened !== undefined && before.opened.length === 0) {
    return `Expected no denial of a restriction, received “${showSigned(opened)}”. Restrict what the sentence restricts.`;
  }
  for (const topic of before.denied) {
    if (topic === 'reading' && !before.denied.has('extra')) continue;
    if (after.asserted.has(topic) && !before.asserted.has(topic)) {
      return `Expected ${names[topic]} to be ruled out, received a sentence that lets them count. Keep the negation.`;
    }
    if (!isKept(topic, before, after)) {
      return `Expected ${names[topic]} to be ruled out as in the sentence given, received a sentence that does not. Keep the negation.`;
    }
  }
  const added = after.others.length > before.others.length ? after.others.at(-1) : undefined;
  if (added !== undefined) {
    return `Expected no negation that the sentence has not, received “${showSigned(added)}”. Deny nothing new.`;
  }
  if (before.others.length > 0 && after.others.length + after.denied.size === 0) {
    return 'Expected the negation of the sentence given, received a sentence without. Keep the negation.';
  }
  return undefined;
}

/** Whether what the parent rules out is ruled out still. */
function isKept(topic: Topic, before: Denials, { denied, restricts, restrictsReading }: Denials): boolean {
  if (denied.has(topic)) return true;
  switch (topic) {
    case 'extra':
      return (
        (restricts && !before.restricts && !before.denied.has('explanation')) ||
        (restricts && denied.has('explanation')) ||
        denied.has('reading')
      );
    case 'explanation':
      return denied.has('extra');
    case 'steps':
      return false;
    case 'reading':
      return restrictsReading || denied.has('extra');
    case 'fame':
      return false;
  }
}

/** The text without the private signs that stand for its denials. */
function showSigned(text: string): string {
  return showText(text.replaceAll(/[\ue000-\ue009]/g, '…'));
}
