/** What a sentence can deny that others deny too. */
export type Topic = 'fame' | 'explanation' | 'steps' | 'extra' | 'reading';

/** What a parent says that makes some denials harmless, or others harmful. */
export type Trait = 'obscure' | 'corrects' | 'shifts' | 'exclusive' | 'fame';

/** Signs that stand in a text for the words that decide what is denied. */
export const signs = {
  /** Denies: not, without, 不. */
  not: '\ue000',
  /** Denies by its meaning: avoid, ignore, 忽略. */
  avoid: '\ue001',
  /** What is good to be denied: exceptions, 重复. Harmless alone. */
  lapse: '\ue002',
  /** All but one thing is denied: nothing else. */
  exclusive: '\ue003',
  /** One thing alone, without a denial: only, 只. */
  only: '\ue004',
  /** What follows is contrasted: but, 而是. */
  but: '\ue005',
  and: '\ue006',
  or: '\ue007',
  /** What follows makes no difference, however often that is said: however, 无论. */
  either: '\ue009',
  /** A word that begins something asked for: with, add, 要. */
  start: '\ue008',
} as const;

/** A wording and the sign or words that stand for it. */
interface DenialRule {
  readonly pattern: RegExp;
  readonly sign: string;
  /** Applies only where the parent has the trait. */
  readonly when?: Trait;
  /** Applies only where the parent has none of the traits. */
  readonly unless?: readonly Trait[];
}

/** How a language denies. */
export interface DenialWords {
  /** Applied one after the other to a folded text. */
  readonly rules: readonly DenialRule[];
  readonly traits: Readonly<Record<Trait, RegExp>>;
  /** Words that a denial may be about. */
  readonly mentions: Readonly<Record<Topic, RegExp>>;
  /** Words that assert what a denial was about, where none covers them. */
  readonly assertions: Readonly<Partial<Record<Topic, RegExp>>>;
  /** What a ranking goes by besides fame: what is denied of these is not denied of fame. */
  readonly criteria: RegExp;
  /** How many words may stand between two denials that belong together. */
  readonly reach: number;
  /** How many words a clause may have that goes on with the denial in front of it. */
  readonly tail: number;
}
