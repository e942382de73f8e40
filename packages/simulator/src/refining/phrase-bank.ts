/** What kind of sentence of a prompt it is: who the model is, how to rank, how to answer. */
export type SentenceKind = 'role' | 'reasoning' | 'format';

/** A concept of `Guidance`, popularity in its two directions. */
export type PhraseConcept =
  | 'recency'
  | 'overall'
  | 'taste'
  | 'crowd'
  | 'against-crowd'
  | 'niche'
  | 'deliberation'
  | 'brevity'
  | 'explicitness';

/** A part of a sentence's meaning that no concept stands for; its cue in the sentence calls for one of the phrases. */
interface Aspect {
  readonly cue: RegExp;
  readonly phrases: readonly string[];
  /** True where the phrases order the candidates themselves. */
  readonly complete?: true;
}

/** The wordings of one kind of sentence. */
interface KindPhrases {
  readonly aspects: readonly Aspect[];
  readonly concepts: Readonly<Record<PhraseConcept, readonly string[]>>;
  /** What every sentence of the kind says beside; empty where it says nothing else. */
  readonly cores: readonly string[];
  /** What holds slots that are left over. */
  readonly carriers: readonly string[];
}

/** Shapes of an answer that have wordings of their own; `example`: its lines follow the sentence. */
export type FormName = 'list' | 'line' | 'json' | 'numbers-json' | 'object' | 'example';

/**
 * Wordings in one language. They are imperative clauses, those of roles are predicates of "you". `<name>` stands for any of
 * the nouns of that name, `{slot}` for the slot of that name as the given sentence has it.
 */
export interface PhraseBank {
  readonly nouns: Readonly<Record<string, readonly string[]>>;
  readonly role: KindPhrases;
  readonly reasoning: KindPhrases;
  /** Without cores: they are in `forms`. */
  readonly format: KindPhrases;
  readonly forms: Readonly<Record<FormName, readonly string[]>>;
  /** Tells the kinds of sentences: a role speaks of "you" and of nobody's candidates. */
  readonly cues: Readonly<Record<'role' | 'notRole' | 'format', RegExp>>;
  /** Words by which a sentence itself says to rank, or what the answer consists of. */
  readonly coreCues: Readonly<Record<'reasoning' | 'format', RegExp>>;
}
