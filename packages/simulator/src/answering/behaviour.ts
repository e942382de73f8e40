/**
 * A manner of answering. `weak`: that of a small chat model (7B class): position bias, prompts with strong effects, lists
 * that break.
 */
export type SimulatorProfile = 'weak';

/**
 * Strengths of everything that the simulated model does, in the units of a candidate's score. A draw adds standard Gumbel
 * noise times `drawNoise` times the temperature to every score.
 */
export interface Behaviour {
  /** Scale of Gumbel noise at temperature 1. */
  readonly drawNoise: number;
  /** Lost by the last candidate shown against the first; in between in proportion. */
  readonly positionBias: number;

  /** Weight of the share of the (attended) history that has a candidate's genres. */
  readonly tasteWeight: number;
  /** Added to `tasteWeight` at full strength of "taste" in the prompt. */
  readonly tasteGain: number;
  /** Subtracted from `tasteWeight` at full strength of "popularity": what others like comes before what this person likes. */
  readonly tasteCrowdLoss: number;
  /** History items with which the model trusts half of what it reads from them: the weight of taste grows as n / (n + scale). */
  readonly evidenceScale: number;

  /** Fame is the popularity quantile to this power: only the top of the catalogue is famous. */
  readonly fameExponent: number;
  /** Weight of fame without guidance. */
  readonly popularityWeight: number;
  /** Added at full strength of "popularity"; subtracted at its full negation. */
  readonly popularityGain: number;
  /** Subtracted at full strength of "niche". */
  readonly nicheGain: number;
  /** Subtracted at full strength of "taste". */
  readonly popularityTasteLoss: number;

  /** Items after which attention has fallen to 1/e at full strength of "recency". Without it order plays no part. */
  readonly recencyScale: number;
  /** How much of "recency" full "overall" takes away, 0 to 1. */
  readonly recencyOverallLoss: number;

  /** Standard deviation of the reading error of each candidate's score, for a history of one item; it grows with log2 of the length. */
  readonly dilution: number;
  /** Share of it that full "recency" takes away. */
  readonly dilutionRecencyRelief: number;
  /** Share of it that full "overall" takes away. */
  readonly dilutionOverallRelief: number;

  /** Power to which the shares of genres are raised: below 1, single odd items weigh too much. */
  readonly sharpness: number;
  /** Added at full strength of "deliberation": thinking tells a taste from chance. */
  readonly sharpnessGain: number;
  /** Reading error that full "deliberation" adds: long thoughts wander. */
  readonly deliberationNoise: number;

  /** Chance of reasoning text in front of the list at full "deliberation", before "brevity" takes its share away. */
  readonly thinkingChance: number;
  /** Chance of a greeting line in front of the list without "brevity". */
  readonly greetingChance: number;
  /** Chance of an answer without a list. */
  readonly noListChance: number;
  /** Added at full "deliberation" times full "brevity": told to think and to be brief, it thinks and stops. */
  readonly noListConflict: number;
  /** Chance for each place that the list skips its item, for a history of one item; grows with log2 of the length. */
  readonly missingChance: number;
  /** Chance for each place that the item of a line above is written again, grows in the same way. */
  readonly repeatedChance: number;
  /** Chance for each place that a title from the history stands instead, grows in the same way. */
  readonly foreignChance: number;
  /** Factor by which thinking aloud raises the three chances. */
  readonly thinkingBreakage: number;
  /** Share of the three chances that full "explicitness" takes away. */
  readonly explicitnessRelief: number;
  /** Chance for each place that an answer in numbers swaps it with the next: numbers are easily confused. */
  readonly indexSlipChance: number;
}

export const behaviours: Readonly<Record<SimulatorProfile, Behaviour>> = {
  weak: {
    drawNoise: 1,
    positionBias: 0.6,
    tasteWeight: 10,
    tasteGain: 3,
    tasteCrowdLoss: 1.5,
    evidenceScale: 3,
    fameExponent: 3,
    popularityWeight: 0.8,
    popularityGain: 3,
    nicheGain: 4,
    popularityTasteLoss: 0.8,
    recencyScale: 2.5,
    recencyOverallLoss: 0.7,
    dilution: 0.12,
    dilutionRecencyRelief: 0.8,
    dilutionOverallRelief: 0.5,
    sharpness: 0.45,
    sharpnessGain: 2,
    deliberationNoise: 1.5,
    thinkingChance: 0.9,
    greetingChance: 0.4,
    noListChance: 0.01,
    noListConflict: 0.3,
    missingChance: 0.002,
    repeatedChance: 0.0015,
    foreignChance: 0.0015,
    thinkingBreakage: 2.5,
    explicitnessRelief: 0.7,
    indexSlipChance: 0.15,
  },
};
