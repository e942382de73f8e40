import { chatterRules, taskWords } from './chatter-words.ts';
import { foldText, longestText, renderForms, showText } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';

/**
 * Rejects as `chatter` what is more than the sentence: greetings, labels, remarks, explanations, alternatives, quotation marks
 * around it, markup, more lines or sentences than the parent's words need, and sentences that say nothing of the task.
 */
export function createSentenceOnlyGuard(): Guard {
  return {
    name: 'sentence-only',
    check({ parent, text }): GuardOutcome {
      const { template } = parent;
      if (text.trim() === '') return reject('nothing');
      if (text.length > longestText) return reject(`${text.length} characters`);
      const original = foldText(template.slice(0, longestText));
      const rewrite = foldText(text);
      for (const rule of chatterRules) {
        const found = rule.exec(rewrite)?.[0];
        if (found !== undefined && !rule.test(original)) return reject(`“${showText(found)}”`);
      }
      const quoted = findQuotation(text, template);
      if (quoted !== undefined) return reject(`the quotation ${showText(quoted)}`);
      const lines = countLines(text);
      const allowed = countLines(template);
      if (lines > (allowed > 1 ? allowed + 1 : 1)) return reject(`${lines} lines where ${allowed} will do`);
      // The lines of an example are no sentences.
      const readHead = (of: string): string => (allowed > 1 ? renderForms(of)[1].split('\n')[0]! : renderForms(of)[1]);
      const sentences = splitSentences(readHead(text));
      const most = 1 + splitClauses(readHead(template)).length;
      if (sentences.length > most) return reject(`${sentences.length} sentences where ${most} will do`);
      // What stands behind a heading's colon would stand between it and its list.
      const behind = /[:：]\s*$/.test(template) ? readHead(text).split(/[:：]/).at(-1)! : '';
      const idle = [...sentences, ...(/\p{L}/u.test(behind) ? [behind] : [])].find((part) =>
        saysNothing(part, original),
      );
      return idle === undefined ? { status: 'passed' } : reject(`“${showText(idle)}”`);
    },
  };
}

function reject(received: string): GuardOutcome {
  return {
    status: 'rejected',
    reason: 'chatter',
    detail: `Expected the rewritten sentence alone, received ${received}. Answer with the sentence and nothing else.`,
  };
}

const opening = '"“„«「『‘';
const closing = '"”“»」』’';

/** Quotation marks around the whole or most of it. */
function findQuotation(text: string, template: string): string | undefined {
  const trimmed = text.trim();
  const first = trimmed.charAt(0);
  if (opening.includes(first) && !opening.includes(template.trim().charAt(0) || ' ')) return trimmed;
  for (const match of trimmed.matchAll(/["“„«「『]([^"“”„«»「」『』]*)["”“»」』]/g)) {
    if (match[1]!.length >= 0.5 * trimmed.length && !template.includes(match[0])) return match[0];
  }
  const count = (of: string): number =>
    [...of].filter((character) => `${opening}${closing}`.includes(character) && !/[‘’]/.test(character)).length;
  // An odd mark that the parent has not is what is left of a quotation.
  return count(trimmed) % 2 === 1 && count(template) % 2 === 0 ? trimmed.slice(-20) : undefined;
}

function countLines(text: string): number {
  return text
    .trim()
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}

function splitSentences(text: string): readonly string[] {
  return text
    .split(/(?<=[.!?])(?=\s)|(?<=[。！？])|\n/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}□]/u.test(sentence));
}

/** Each clause may become a sentence. */
function splitClauses(text: string): readonly string[] {
  return text.split(/[,;:.!?，；：。！？\n]/).filter((clause) => /[\p{L}□]/u.test(clause));
}

/** Whether a sentence has no slot, no word of the parent but the commonest, and none that speaks of ranking. */
function saysNothing(sentence: string, original: string): boolean {
  const folded = foldText(sentence);
  if (folded.includes('□') || taskWords.test(folded)) return false;
  // Other languages have their own guard.
  if (/[^\p{sc=Latin}\p{sc=Han}\P{L}]/u.test(folded)) return false;
  const words = folded.match(/\p{sc=Latin}{5,}/gu) ?? [];
  return !words.some((word) => original.includes(word.slice(0, 5)));
}
