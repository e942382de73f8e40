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
 * property of the prompt (`perception` is seeded by its text) and so equal in all its draws.
 */
export function computeScores(
  { history, candidates, guidance }: RankingSituation,
  behaviour: Behaviour,
  { genres, perception }: { readonly genres: number; readonly perception: RandomStream },
): Float64Array {
  const profile = computeGenreProfile(history, guidance, behaviour, genres);
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
    let taste = 0;
    if (item !== undefined) {
      for (const genre of item.genres) taste += profile[genre]!;
      if (item.genres.length > 1) taste /= Math.sqrt(item.genres.length);
    }
    // A title never heard of cannot be famous.
    const fame = (item?.popularity ?? 0) ** behaviour.fameExponent;
    const place01 = place / last;
    return (
      tasteWeight * taste + popularityWeight * fame - behaviour.positionBias * place01 + error * perception.normal()
    );
  });
}

/** Shares of the genres in what the model attends to, `Float64Array [genres]`; they add up to 1, or 0 without a history. */
function computeGenreProfile(
  history: RankingSituation['history'],
  { recency, overall, deliberation }: Guidance,
  { recencyScale, recencyOverallLoss, sharpness, sharpnessGain }: Behaviour,
  genres: number,
): Float64Array {
  const attention = new Float64Array(history.length);
  const focus = recency * (1 - recencyOverallLoss * overall);
  let total = 0;
  for (let index = 0; index < history.length; index++) {
    attention[index] = Math.exp((index - history.length + 1) / recencyScale);
    total += attention[index]!;
  }
  for (let index = 0; index < history.length; index++) {
    attention[index] = (focus * attention[index]!) / total + (1 - focus) / history.length;
  }
  const profile = new Float64Array(genres);
  for (let index = 0; index < history.length; index++) {
    const itemGenres = history[index]?.genres ?? [];
    for (const genre of itemGenres) profile[genre]! += attention[index]! / itemGenres.length;
  }
  const exponent = sharpness + sharpnessGain * deliberation;
  let sum = 0;
  for (let genre = 0; genre < genres; genre++) {
    if (profile[genre]! > 0) profile[genre]! = profile[genre]! ** exponent;
    sum += profile[genre]!;
  }
  if (sum > 0) for (let genre = 0; genre < genres; genre++) profile[genre]! /= sum;
  return profile;
}

function computeReadingError(
  length: number,
  { recency, overall, deliberation }: Guidance,
  { dilution, dilutionRecencyRelief, dilutionOverallRelief, deliberationNoise }: Behaviour,
): number {
  const relief = (1 - dilutionRecencyRelief * recency) * (1 - dilutionOverallRelief * overall);
  return Math.hypot(dilution * relief * Math.log2(1 + length), deliberationNoise * deliberation);
}
