import type { RandomStream } from '@rppkit/spec';
import type { KnownItem } from '../knowledge/knowledge.ts';
import type { Guidance } from '../reading/read-guidance.ts';
import type { Behaviour } from './behaviour.ts';

/** What the model makes of a prompt: known items in place of titles, undefined for titles that it never heard of. */
export interface RankingSituation {
  /** Oldest first. */
  readonly history: readonly (KnownItem | undefined)[];
  readonly candidates: readonly (KnownItem | undefined)[];
  readonly guidance: Guidance;
}

/**
 * The score of each candidate, `Float64Array [candidates]`: taste, popularity and place, plus the reading error, which is a
 * property of the prompt (`perception` is seeded by what was read in it) and so equal in all its draws. Taste is the share of
 * the history that has the candidate's genres and, where vectors are known, its similarity to the history; both heed the same
 * attention. An empty history has no taste. `genres` is the number of genres that are known.
 */
export function computeScores(
  { history, candidates, guidance }: RankingSituation,
  behaviour: Behaviour,
  { genres, perception }: { readonly genres: number; readonly perception: RandomStream },
): Float64Array {
  const attention = computeAttention(history.length, guidance, behaviour);
  const profile = computeGenreProfile(
    history,
    attention,
    behaviour.sharpness + behaviour.sharpnessGain * guidance.deliberation,
    genres,
  );
  const direction = computeDirection(history, attention);
  const confidence = history.length / (history.length + behaviour.evidenceScale);
  const tasteWeight =
    confidence *
    (behaviour.tasteWeight +
      behaviour.tasteGain * guidance.taste -
      behaviour.tasteCrowdLoss * Math.max(0, guidance.popularity));
  const popularityWeight =
    behaviour.popularityWeight +
    behaviour.popularityGain * guidance.popularity -
    behaviour.nicheGain * guidance.niche -
    behaviour.popularityTasteLoss * guidance.taste;
  const error = computeReadingError(history.length, guidance, behaviour);
  const last = Math.max(1, candidates.length - 1);
  return Float64Array.from(candidates, (item, place) => {
    const taste = item === undefined ? 0 : computeTaste(item, { profile, direction }, behaviour.associationShare);
    // A title never heard of cannot be famous.
    const fame = (item?.popularity ?? 0) ** behaviour.fameExponent;
    const place01 = place / last;
    return (
      tasteWeight * taste + popularityWeight * fame - behaviour.positionBias * place01 + error * perception.normal()
    );
  });
}

/** How well an item fits what is attended to. */
function computeTaste(
  { genres, vector }: KnownItem,
  { profile, direction }: { readonly profile: Float64Array; readonly direction: Float64Array },
  associationShare: number,
): number {
  let share = 0;
  for (const genre of genres) share += profile[genre]!;
  if (genres.length > 1) share /= Math.sqrt(genres.length);
  if (vector === undefined || direction.length === 0) return share;
  return (1 - associationShare) * share + associationShare * computeProduct(vector, direction);
}

/** Shares of the attention to each of the history's items, `Float64Array [length]`, that add up to 1. */
function computeAttention(
  length: number,
  { recency, overall }: Guidance,
  { recencyScale, recencyFocus, recencyOverallLoss }: Behaviour,
): Float64Array {
  const attention = new Float64Array(length);
  const focus = (recencyFocus + (1 - recencyFocus) * recency) * (1 - recencyOverallLoss * overall);
  let total = 0;
  for (let index = 0; index < length; index++) {
    attention[index] = Math.exp((index - length + 1) / recencyScale);
    total += attention[index]!;
  }
  for (let index = 0; index < length; index++) {
    attention[index] = (focus * attention[index]!) / total + (1 - focus) / length;
  }
  return attention;
}

/** Shares of the genres in what the model attends to, `Float64Array [genres]`; they add up to 1, or 0 without a history. */
function computeGenreProfile(
  history: RankingSituation['history'],
  attention: Float64Array,
  exponent: number,
  genres: number,
): Float64Array {
  const profile = new Float64Array(genres);
  for (let index = 0; index < history.length; index++) {
    const itemGenres = history[index]?.genres ?? [];
    for (const genre of itemGenres) profile[genre]! += attention[index]! / itemGenres.length;
  }
  let sum = 0;
  for (let genre = 0; genre < genres; genre++) {
    if (profile[genre]! > 0) profile[genre]! = profile[genre]! ** exponent;
    sum += profile[genre]!;
  }
  if (sum > 0) for (let genre = 0; genre < genres; genre++) profile[genre]! /= sum;
  return profile;
}

/** Where the attended history points among the associations, a vector of length 1; empty where no item of it has a vector. */
function computeDirection(history: RankingSituation['history'], attention: Float64Array): Float64Array {
  const size = history.find((item) => item?.vector !== undefined)?.vector?.length ?? 0;
  const direction = new Float64Array(size);
  if (size === 0) return direction;
  for (let index = 0; index < history.length; index++) {
    const vector = history[index]?.vector;
    if (vector === undefined) continue;
    for (let dimension = 0; dimension < size; dimension++)
      direction[dimension]! += attention[index]! * vector[dimension]!;
  }
  const length = Math.sqrt(computeProduct(direction, direction));
  if (length > 0) for (let dimension = 0; dimension < size; dimension++) direction[dimension]! /= length;
  return direction;
}

function computeProduct(left: ArrayLike<number>, right: Float64Array): number {
  let product = 0;
  for (let index = 0; index < right.length; index++) product += left[index]! * right[index]!;
  return product;
}

function computeReadingError(
  length: number,
  { recency, overall, deliberation, brevity }: Guidance,
  {
    misreading,
    dilution,
    dilutionRecencyCost,
    dilutionOverallRelief,
    overallBrevityLoss,
    deliberationNoise,
  }: Behaviour,
): number {
  const relief = dilutionOverallRelief * overall * (1 - overallBrevityLoss * brevity);
  const factor = (1 + dilutionRecencyCost * recency) * (1 - relief);
  return Math.hypot(misreading, dilution * factor * Math.log2(1 + length), deliberationNoise * deliberation);
}
