/**
 * A manner of answering. `weak`: that of a small chat model (7B class): position bias, prompts with strong effects, lists
 * that break. `strong`: that of a large one: prompts matter little, the person's taste much, lists hold.
 */
export type SimulatorProfile = 'weak' | 'strong';

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
  /**
   * Share of the weight of taste that a candidate's similarity to the (attended) history has, in [-1, 1] in the space of
   * associations, where both have vectors; the rest of it, and elsewhere all of it, goes by genres.
   */
  readonly associationShare: number;
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

  /** Items after which attention to recent items has fallen to 1/e. */
  readonly recencyScale: number;
  /** Share of the attention that goes to recent items without guidance; at 0 order plays no part until it is asked for. */
  readonly recencyFocus: number;
  /** Share of the attention to recent items that full "overall" takes away, 0 to 1. */
  readonly recencyOverallLoss: number;

  /**
   * Standard deviation of the part of the reading error of each candidate's score that every prompt has: the model takes the
   * same user a little differently under each prompt, and in the same way in all draws of one.
   */
  readonly misreading: number;
  /** That of the part that long histories add, for a history of one item; it grows with log2 of the length. */
  readonly dilution: number;
  /** Share of it that full "recency" adds: in a long list it is easy to lose which items are the recent ones. */
  readonly dilutionRecencyCost: number;
  /** Share of it that full "overall" takes away. */
  readonly dilutionOverallRelief: number;
  /** Share of that relief that full "brevity" takes away, 0 to 1: told to be brief, the model does not look at everything. */
  readonly overallBrevityLoss: number;

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

  // How an answer is worded.
  /** Chance of a remark behind each title of a list without "brevity"; full "explicitness" takes its share away. */
  readonly remarkChance: number;
  /** Chance of a sentence behind the list without "brevity". */
  readonly closingChance: number;
  /** Chance that JSON stands in a fence; full "explicitness" takes its share away. */
  readonly fenceChance: number;
  /** Chance that JSON has a trailing comma, single quotes or no end; full "explicitness" takes its share away. */
  readonly brokenJsonChance: number;
  /** Chance that a rewritten sentence comes in quotation marks or with words in front of it. */
  readonly rewriteChatChance: number;
}

/**
 * The strengths of both profiles. `weak`: position bias, popularity bias and insensitivity to order were measured by Hou et al.,
 * "Large language models are zero-shot rankers for recommender systems", ECIR 2024; the strengths are ours, chosen so that users
 * differ in which prompt is best. `strong`: chosen together so that answers to MovieLens 1M tasks have the mean, the standard
 * deviations between users, draws and prompts, the gain from aggregation and the few invalid answers that a large chat model
 * showed (the bench `quality/calibration` holds them to it); the order of its prompts follows from them and is no target.
 */
export const behaviours: Readonly<Record<SimulatorProfile, Behaviour>> = {
  weak: {
    drawNoise: 1.8,
    positionBias: 1.2,
    tasteWeight: 27.5,
    associationShare: 0.3,
    tasteGain: 3,
    tasteCrowdLoss: 1.5,
    evidenceScale: 3.5,
    fameExponent: 3,
    popularityWeight: 0.8,
    popularityGain: 5,
    nicheGain: 6.9,
    popularityTasteLoss: 0.8,
    recencyScale: 1,
    recencyFocus: 0,
    recencyOverallLoss: 0.7,
    misreading: 0,
    dilution: 1.05,
    dilutionRecencyCost: 0.2,
    dilutionOverallRelief: 0.75,
    overallBrevityLoss: 1,
    sharpness: 1,
    sharpnessGain: 0.2,
    deliberationNoise: 4.7,
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
    remarkChance: 0.15,
    closingChance: 0.2,
    fenceChance: 0.35,
    brokenJsonChance: 0.12,
    rewriteChatChance: 0.2,
  },
  strong: {
    drawNoise: 0.7,
    positionBias: 0,
    tasteWeight: 16,
    associationShare: 0.25,
    tasteGain: 0.4,
    tasteCrowdLoss: 1,
    evidenceScale: 0.5,
    fameExponent: 3,
    popularityWeight: 5.5,
    popularityGain: 2,
    nicheGain: 2,
    popularityTasteLoss: 4.5,
    recencyScale: 4,
    recencyFocus: 0.8,
    recencyOverallLoss: 0.7,
    misreading: 0.7,
    dilution: 0,
    dilutionRecencyCost: 0,
    dilutionOverallRelief: 0,
    overallBrevityLoss: 0,
    sharpness: 1,
    sharpnessGain: 0,
    deliberationNoise: 2.5,
    thinkingChance: 0.95,
    greetingChance: 0.2,
    noListChance: 0.0005,
    noListConflict: 0.002,
    missingChance: 0.000003,
    repeatedChance: 0.000003,
    foreignChance: 0.000003,
    thinkingBreakage: 1.5,
    explicitnessRelief: 0.7,
    indexSlipChance: 0.002,
    remarkChance: 0.02,
    closingChance: 0.05,
    fenceChance: 0.15,
    brokenJsonChance: 0,
    rewriteChatChance: 0,
  },
};
