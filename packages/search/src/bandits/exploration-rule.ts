import type { WidenedFeatures } from './feature-layout.ts';
import type { RewardFit } from './reward-statistics.ts';

/** How an algorithm explores. */
export interface ExplorationRule {
  readonly name: string;
  /** Writes the weights by which the joint action is drawn, `Float64Array [joint actions]`, all 0 before. */
  distribute(row: BanditRow, weights: Float64Array): void;
  /** After every fit, and once before the first rows. */
  refit?(fit: RewardFit): void;
  /** After the layout was widened: new features are what their parents are until the next fit. */
  widen?(widened: WidenedFeatures): void;
}

/** What a rule sees of one row; arrays are used again for the next row. */
interface BanditRow {
  /** `Float64Array [contextSize]`. */
  readonly context: Float64Array;
  /** Estimated reward less a constant, `Float64Array [joint actions]`; -Infinity for those that may not be chosen. */
  readonly scores: Float64Array;
  /**
   * How actions are explored evenly, `Float64Array [joint actions]`: 1 for a joint action of the first actions, shared with
   * later children, 0 where it may not be chosen. Their sum is `shareSum`.
   */
  readonly shares: Float64Array;
  readonly shareSum: number;
  /** The joint action with the highest score, the first among equals. */
  readonly greedy: number;
  /** Rows learned from so far, those since the last fit included. */
  readonly rows: number;
}
