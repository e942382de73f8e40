import type { TextMessage } from '@rppkit/spec';
import { readEvidence } from './evidence.ts';
import { findSentence } from './find-sentence.ts';
import { type LengthLimit, readLengthLimit } from './length-limit.ts';
import { readSlots, type Slot } from './slots.ts';

/** What is asked of a model that shall rewrite one sentence of a prompt. */
export interface RewriteRequest {
  /** As given, with its slots. */
  readonly sentence: string;
  /** Its slots in their order; each has to stay. */
  readonly slots: readonly Slot[];
  /** Numbers that the sentence states in digits outside its slots, up to its first line break; each has to stay. */
  readonly numbers: readonly string[];
  /** That of the sentence. */
  readonly language: 'en' | 'zh';
  /** Empty where none is stated. */
  readonly limit: LengthLimit;
  /** Titles and user data that the request shows; no rewrite may copy them. */
  readonly evidence: readonly string[];
}

const verb =
  '(?:rewrit(?:e|es|ten|ing)|re-?phras(?:e|es|ed|ing)|re-?word(?:s|ed|ing)?|paraphras(?:e|es|ed|ing)|re-?formulat(?:e|es|ed|ing)|refin(?:e|es|ed|ing)|polish(?:es|ed|ing)?|improv(?:e|es|ed|ing)|revis(?:e|es|ed|ing)|re-?stat(?:e|es|ed|ing)|sharpen(?:s|ed|ing)?|clarif(?:y|ies|ied|ying)|re-?cast(?:s|ing)?)';
const noun =
  '(?:sentences?|wordings?|phras(?:e|es|ing)|instructions?|expressions?|prompts?|templates?|texts?|statements?|formulations?)';
const says = '(?:say|put|express|word|phrase|write|convey|state|formulate)';
const clearer = '(?:clearer|better|sharper|stronger|plainer|more (?:precise|direct|explicit|effective|natural))';
const english: readonly RegExp[] = [
  new RegExp(`\\b${verb}\\b[^.!?\\n]{0,80}\\b${noun}\\b`, 'i'),
  new RegExp(`\\b${noun}\\b[^.!?\\n]{0,80}\\b${verb}\\b`, 'i'),
  new RegExp(
    `^\\W*(?:(?:please|now|could you|can you|would you) )*${verb}(?: (?:it|this|that|the following|what follows))?(?: [^.!?:：\\n]{0,60})?[:：]`,
    'i',
  ),
  new RegExp(
    `\\b${says} (?:(?:it|this|that|the following)|(?:this|the|my|one) ${noun})\\b[^.!?\\n]{0,40}\\b(?:in (?:other|different|new|better|clearer|your own) words|differently|(?:in )?another way|more clearly|better|anew|afresh)\\b`,
    'i',
  ),
  new RegExp(`\\b(?:make|turn) [^.!?\\n]{0,40}\\b${noun}\\b[^.!?\\n]{0,40}\\b${clearer}(?! ones)`, 'i'),
  new RegExp(
    `\\b(?:another|an? (?:new|${clearer}|different|improved|alternative)) (?:wording|phrasing|version|formulation|sentence|way (?:to|of) (?:say|put|word|phras|express)\\w*)\\b`,
    'i',
  ),
];
const nounChinese = '(?:句|语句|说法|措辞|表达|表述|指令|提示|文字|话|模板|文本)';
const improveChinese = '(?:优化|改进|完善|修改|修订|改善|提升|改得|说得更|写得更|更清楚|更明确|更清晰)';
const chinese: readonly RegExp[] = [
  /改写|重写|润色|重新表述|重新表达|复述|转述|(?:换|用)一?(?:种|个)?(?:别的|不同的|另外的|更\S{1,4}的)?(?:说法|表达|表述|措辞)|换句话/,
  new RegExp(`${improveChinese}[^。！？\\n]{0,30}${nounChinese}`),
  new RegExp(`${nounChinese}[^。！？\\n]{0,30}${improveChinese}`),
];
/** Without one of these no pattern above can match; most prompts end here. */
const hint =
  /rewrit|phras|re-?word|formulat|refin|polish|improv|revis|re-?stat|sharpen|clarif|re-?cast|in (?:other|different|new|better|clearer|your own) words|differently|another|clear|better|anew|afresh|sharper|stronger|plainer|more (?:precise|direct|explicit|effective|natural)|wording|version|way (?:to|of) |改|重写|润色|重新表|复述|转述|说法|措辞|表达|表述|换句|优化|完善|修订|提升|[说写]得更|更[清明]/i;
const listLine = /^\s*(?:\[[^\]\n]{1,4}\]|\d{1,3}[.)、．]|[-*•])\s/;
const ranks = /\b(?:rank|order|sort|arrange|candidates?)\b|排序|排列|候选/i;

/**
 * Reads messages as a request to rewrite one sentence: asked for by meaning in English or Chinese, the sentence in quotation
 * marks, between tags, in a fenced block, behind a label or behind a colon. Undefined for everything else, above all for
 * prompts that list candidates to rank.
 */
export function readRewriteRequest(messages: readonly TextMessage[]): RewriteRequest | undefined {
  const asks = messages.some(
    ({ role, text }) => role !== 'assistant' && hint.test(text) && text.split('\n').some(isRequest),
  );
  if (!asks) return undefined;
  const found = findSentence(messages, isRequest);
  if (found === undefined) return undefined;
  const { sentence, rest, marked } = found;
  const lines = rest.split('\n');
  // The sentence itself may well say "refine": somebody else has to ask for it.
  if (!lines.some(isRequest) || (!marked && listsCandidates(lines))) return undefined;
  const words = sentence.replaceAll(/\{[^{}]*\}/g, ' ');
  const language =
    (words.match(/\p{sc=Han}/gu) ?? []).length > 2 * (words.match(/[a-z]+/gi) ?? []).length ? 'zh' : 'en';
  return {
    sentence,
    slots: readSlots(sentence),
    numbers: words.split('\n')[0]!.match(/\d+(?:\.\d+)?/g) ?? [],
    language,
    limit: readLengthLimit(rest, language),
    evidence: readEvidence(rest),
  };
}

function isRequest(line: string): boolean {
  if (!hint.test(line) || listLine.test(line)) return false;
  return english.some((pattern) => pattern.test(line)) || chinese.some((pattern) => pattern.test(line));
}

/** At least one line of a list of items under a heading that speaks of ranking. */
function listsCandidates(lines: readonly string[]): boolean {
  return lines.some((line, index) => {
    const next = lines[index + 1] ?? '';
    return ranks.test(line) && !listLine.test(line) && listLine.test(next) && !/[<{]/.test(next);
  });
}
