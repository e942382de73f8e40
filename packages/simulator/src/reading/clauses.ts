import { chineseCues } from './chinese-cues.ts';
import { chineseScope } from './chinese-scope.ts';
import type { CueGroup, CueKind, ScopeCue } from './concepts.ts';
import { englishCues, englishSets } from './english-cues.ts';
import { englishScope } from './english-scope.ts';
import { type CueMatch, createLexicon, type Lexicon } from './lexicon.ts';
import { isWord, type Token } from './tokens.ts';

/** What one phrase of a sentence says after hedges and negations. */
export interface Evidence {
  readonly kind: Exclude<CueKind, ScopeCue>;
  /** In [0, 1]. */
  readonly strength: number;
  /** Strength of the phrase itself, before hedges. */
  readonly plain: number;
  /** Asked for, or denied. */
  readonly denied: boolean;
}

/** Share of its strength that a request keeps when it is hedged: "perhaps", "if you like", 也许. */
export const hedgeFactor = 0.4;
/** Factor of a request that is stressed: "above all", "strictly", 务必. */
export const stressFactor = 1.15;

interface Clause {
  readonly words: number;
  /** The mark in front of it. */
  readonly mark: Token | undefined;
  readonly evidence: Evidence[];
  scale: number | undefined;
}

const scopeKinds: ReadonlySet<CueKind> = new Set<ScopeCue>([
  'deny',
  'dismiss',
  'dismiss-less',
  'affirm',
  'not-only',
  'resume',
  'hedge',
  'stress',
]);
const clauseMarks = new Set([',', ';', ':', '(', ')', '–', '—', '，', '；', '：', '（', '）', '、', '…']);
/** A negation reaches over these: "no comments, remarks or notes". */
const listMarks = new Set([',', '、', '，']);
const alternatives = new Set(['or', 'nor', '或', '和', '与', '及']);
const additions = new Set(['but', 'also', 'too', '还', '也', '更', '且', '而']);
const clauseWords = new Set(['but', 'while', 'whereas', 'because', 'although', 'though', '但', '而是']);
const clauseVerbs = new Set(
  'order rank sort put arrange go look focus use consider let think write list give judge base follow rely stick pick choose weigh answer return reply output start instead concentrate trust take reason keep decide place compare score rate send leave ignore pay do never skip omit forget disregard avoid set refrain drop only just simply make check fix correct revise report show say tell explain line i'.split(
    ' ',
  ),
);
/** What people list when they say what is not wanted: sorts of fame, and sorts of words. */
const listed: ReadonlySet<string> = new Set<CueKind>(['popularity', 'deliberation']);
/** Words such as "now" and "lately". */
const weakRecency = 0.45;
const maximumListedWords = 6;

let lexicon: Lexicon | undefined;
const groups: readonly CueGroup[] = [...englishCues, ...englishScope, ...chineseCues, ...chineseScope];

/**
 * What a sentence, the tokens in [start, end), says. Cues of one group count once in a clause; a negation reaches to the end of
 * its clause or to a "but", one such as "does not matter" over the whole clause; hedges and stress scale their clause, and where
 * they stand alone ("if you like, …") the next or else the last one.
 */
export function computeEvidence(tokens: readonly Token[], start: number, end: number): readonly Evidence[] {
  lexicon ??= createLexicon(groups, englishSets);
  const matches = lexicon.find(tokens, start, end);
  const clauses: Clause[] = [];
  let pending: number | undefined;
  let carried: ReadonlySet<string> = new Set();
  let next = 0;
  for (let from = start; from < end; ) {
    let to = from + 1;
    if (clauseMarks.has(tokens[from]!)) to = from;
    else while (to < end && !clauseMarks.has(tokens[to]!) && !opensClause(tokens, to)) to++;
    const own: CueMatch[] = [];
    for (; next < matches.length && matches[next]!.start < to; next++) own.push(matches[next]!);
    let words = 0;
    for (let index = from; index < to; index++) if (isWord(tokens[index]!)) words++;
    if (words > 0) {
      const mark = from === start ? undefined : tokens[from - 1];
      const reaches =
        mark !== undefined &&
        listMarks.has(mark) &&
        (words <= maximumListedWords || mark === '、' || alternatives.has(tokens[from]!));
      const clause: Clause = { words, mark, evidence: [], scale: readScale(own) };
      const dismissed = own.some(({ kind }) => kind === 'dismiss') || tokens[to - 1] === 'not';
      carried = readClause(tokens, own, { dismissed, sentenceEnd: end }, clause, reaches ? carried : new Set());
      if (clause.evidence.length === 0) {
        const last = clauses.at(-1);
        if (dismissed && last !== undefined) denyAll(last.evidence);
        if (clause.scale !== undefined) {
          if (last === undefined) pending = clause.scale;
          else last.scale ??= clause.scale;
        }
      } else {
        clause.scale ??= pending;
        pending = undefined;
        if (dismissed) dismissListed(clauses, clause);
        clauses.push(clause);
      }
    }
    from = to < end && clauseMarks.has(tokens[to]!) ? to + 1 : to;
  }
  return clauses.flatMap(({ evidence, scale = 1 }) =>
    evidence.map((piece) => ({ ...piece, strength: Math.min(1, piece.strength * scale) })),
  );
}

/** "…, ignore fame and go by taste": both verbs open a clause of their own. */
function opensClause(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!;
  if (clauseWords.has(token)) return true;
  return (token === 'and' || token === 'then') && clauseVerbs.has(tokens[index + 1] ?? '');
}

function readScale(matches: readonly CueMatch[]): number | undefined {
  if (matches.some(({ kind }) => kind === 'hedge')) return hedgeFactor;
  return matches.some(({ kind }) => kind === 'stress') ? stressFactor : undefined;
}

/** Fills the clause; gives the families of what a negation that is still open at its end denied. */
function readClause(
  tokens: readonly Token[],
  matches: readonly CueMatch[],
  { dismissed, sentenceEnd }: { readonly dismissed: boolean; readonly sentenceEnd: number },
  { evidence }: Clause,
  carried: ReadonlySet<string>,
): ReadonlySet<string> {
  const lessened = matches.some(({ kind }) => kind === 'dismiss-less');
  const seen = new Set<string>();
  const open = new Set<string>();
  let denying = false;
  let reachedEnd = 0;
  let share = 1;
  for (const { kind, strength, group, start, end } of matches) {
    if (isAlternative(tokens, start)) continue;
    if (kind === 'deny') {
      denying = true;
      share = 1;
      reachedEnd = end;
    } else if (kind === 'not-only') {
      denying = !tokens.slice(end, sentenceEnd).some((token) => additions.has(token));
      share = hedgeFactor;
      reachedEnd = end;
    } else if (kind === 'resume') {
      // 不要只看 begins with a negation that the 只看 in it does not end.
      if (start < reachedEnd) continue;
      denying = false;
      open.clear();
    } else if (!isScope(kind) && kind !== 'nothing') {
      const less = lessened && !dismissed && !denying && (kind === 'popularity' || kind === 'past');
      const denied = denying || (dismissed && kind !== 'brevity') || less || carried.has(readFamily(kind));
      const key = `${group} ${denied}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const part = denying ? share : less && kind !== 'past' ? hedgeFactor : 1;
      evidence.push({ kind, strength: strength * part, plain: strength, denied });
      if (denied && !dismissed && listed.has(readFamily(kind))) open.add(readFamily(kind));
    }
  }
  dropCurrentFame(evidence);
  return open;
}

/** "What is popular right now" does not speak of what the user did last. */
function dropCurrentFame(evidence: Evidence[]): void {
  if (!evidence.some(({ kind, denied }) => kind === 'popularity' && !denied)) return;
  for (let index = evidence.length - 1; index >= 0; index--) {
    const { kind, plain } = evidence[index]!;
    if (kind === 'recency' && plain <= weakRecency) evidence.splice(index, 1);
  }
}

function isScope(kind: CueKind): kind is ScopeCue {
  return scopeKinds.has(kind);
}

/** 火不火 asks whether and denies nothing. */
function isAlternative(tokens: readonly Token[], index: number): boolean {
  return tokens[index] === '不' && tokens[index - 1] !== undefined && tokens[index - 1] === tokens[index + 1];
}

/** Reasons and remarks are left out together. */
function readFamily(kind: CueKind): string {
  return kind === 'words' ? 'deliberation' : kind;
}

/** "Awards, fame and hype do not matter": what is listed in front of the clause is dismissed with it. */
function dismissListed(clauses: readonly Clause[], clause: Clause): void {
  let mark = clause.mark;
  for (const { words, evidence, mark: before } of clauses.toReversed()) {
    if (mark === undefined || !listMarks.has(mark) || words > maximumListedWords) return;
    if (!evidence.every(({ kind }) => kind === 'popularity')) return;
    denyAll(evidence);
    mark = before;
  }
}

function denyAll(evidence: Evidence[]): void {
  for (let index = 0; index < evidence.length; index++) evidence[index] = { ...evidence[index]!, denied: true };
}
