import { foldUnit, isWordUnit } from './fold-text.ts';
import { computeKey } from './title-keys.ts';

const maximumCuts = 40;
const score = /\s(?:\d+(?:\.\d+)?\s*(?:\/\s*\d+|%|％|分|points?\b|pts\b|stars?\b|[★⭐])|\d+\.\d+|[★☆])/y;

/** A folded text with the places at which an explanation may begin. */
export interface Folded {
  readonly folded: string;
  /** Folded lengths at which an explanation may begin, and where these are in the text. */
  readonly cuts: number[];
  readonly ends: number[];
}

/** Folds a text once and notes where in it an explanation may begin, with the folded length there. */
export function foldWithCuts(text: string, longest: number): Folded {
  let folded = '';
  const cuts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const letters = computeKey(text.slice(at, at + 2));
      if (letters.charCodeAt(0) === 0) note();
      else folded += letters;
      at++;
    } else {
      if (isCut(unit, text, at) && (folded !== '' || text.charCodeAt(0) !== unit)) note();
      folded += foldUnit(unit);
    }
    if (folded.length > longest) break;
  }
  if (at >= text.length) {
    cuts.push(folded.length);
    ends.push(text.length);
  }
  return { folded, cuts, ends };

  function note(): void {
    if (cuts.length < maximumCuts && at > 0) {
      cuts.push(folded.length);
      ends.push(at);
    }
  }
}

/** Whether an explanation may begin at this unit. */
function isCut(unit: number, text: string, at: number): boolean {
  if (unit > 127) return wideCuts.has(unit);
  const next = text.charCodeAt(at + 1);
  const before = text.charCodeAt(at - 1);
  switch (unit) {
    case 58: // :
    case 40: // (
    case 91: // [
    case 124: // |
    case 9:
    case 60: // <
      return true;
    case 45: // -
      return before === 32 || next === 45 || next === 62;
    case 61: // =
      return next === 62 || before === 32;
    case 46: // .
      return Number.isNaN(next) || next === 32 || next === 46;
    case 59: // ;
    case 33: // !
      return next === 32 || Number.isNaN(next);
    case 44: // ,
      return next === 32 && isLower(text.charCodeAt(at + 2));
    case 34: // "
    case 42: // *
    case 95: // _
    case 96: // `
    case 126: // ~
      return at > 0 && (Number.isNaN(next) || !isWordUnit(next));
    case 32: {
      if (next >= 48 && next <= 57) {
        score.lastIndex = at;
        return score.test(text);
      }
      if (next === 98 && text.startsWith('because ', at + 1)) return true;
      if (next === 98) return text.startsWith('by ', at + 1) && !isLower(text.charCodeAt(at + 4));
      return next === 47 && text.charCodeAt(at + 2) === 32;
    }
    default:
      return false;
  }
}

function isLower(unit: number): boolean {
  return unit >= 97 && unit <= 122;
}

/** ： （ ， 。 — – → ； ！ ？ … 》 」 』 】 〉 ” ’ ★ ☆ · and arrows. */
const wideCuts = new Set([...'：（，。—–→；！？…》」』】〉”’★☆⭐│【⇒➜・'].map((sign) => sign.charCodeAt(0)));
