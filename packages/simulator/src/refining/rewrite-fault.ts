/**
 * What is wrong with a rewrite. `dropped-slot`: a slot is missing or filled with words. `doubled-slot`: a slot stands twice.
 * `lost-negation`: what was denied is asserted. `too-long`: beyond the limit, without one over four times as long. `drifted`:
 * another concept or form of answer is asked for. `unchanged`: word for word the given sentence. `chat`: words of the model
 * around it. `padded`: a second sentence of no use. `copied-title`: names a title or a datum of the request. `injected-
 * instruction`: speaks to other parts of the prompt or the evaluation. `switched-language`: Chinese for English or the reverse.
 */
export type RewriteFault =
  | 'dropped-slot'
  | 'doubled-slot'
  | 'lost-negation'
  | 'too-long'
  | 'drifted'
  | 'unchanged'
  | 'chat'
  | 'padded'
  | 'copied-title'
  | 'injected-instruction'
  | 'switched-language';

/** A rewrite and what is wrong with it; no faults where it is meant well. */
export interface Rewrite {
  readonly text: string;
  readonly faults: readonly RewriteFault[];
}
