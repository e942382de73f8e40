/** What sentences of a prompt can ask of a model. Each is read in a strength of 0 to 1; `popularity` may be negative. */
export type Concept =
  | 'recency'
  | 'overall'
  | 'taste'
  | 'popularity'
  | 'niche'
  | 'deliberation'
  | 'brevity'
  | 'explicitness';

/** What a prompt can say about the shape of the answer. */
export type FormCue = 'json' | 'object' | 'indices' | 'titles' | 'numbered';

/**
 * Things that are no request by themselves. `past`: old items, which speak for recency where they are to count less.
 * `words`: text around the answer, which speaks for brevity where it is not wanted. `nothing`: a set phrase whose words would
 * be misread one by one.
 */
type AsideCue = 'past' | 'words' | 'nothing';

/**
 * How a clause speaks. `deny`: the opposite of what follows in the clause; `dismiss`: of all that is in the clause;
 * `dismiss-less`: the same, mildly; `affirm`: a negation that denies nothing ("do not forget to"); `not-only`: denies mildly
 * unless a "but also" follows; `resume`: ends the reach of a negation; `hedge` and `stress`: less or more than usual.
 */
export type ScopeCue = 'deny' | 'dismiss' | 'dismiss-less' | 'affirm' | 'not-only' | 'resume' | 'hedge' | 'stress';

export type CueKind = Concept | FormCue | AsideCue | ScopeCue;

/** Phrases that say the same thing equally strongly: within a clause they count once, however many of them it holds. */
export interface CueGroup {
  readonly kind: CueKind;
  /** How strongly one of them alone expresses its concept, in [0, 1]; 1 where the kind knows no degrees. */
  readonly strength: number;
  /** In the notation of `compilePhrases`, separated by commas. */
  readonly phrases: string;
}
