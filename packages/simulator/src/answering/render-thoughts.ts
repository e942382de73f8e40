import type { RandomStream } from '@rppkit/spec';
import type { KnownItem } from '../knowledge/knowledge.ts';
import type { PromptReading } from '../reading/read-prompt.ts';
import { type AnswerPhrases, answerPhrases, type CandidateTrait } from './answer-phrases.ts';
import type { RankingSituation } from './score-candidates.ts';

/** What the model can say about the candidates of one prompt. */
export interface Impressions {
  readonly phrases: AnswerPhrases;
  /** Names of the (at most two) genres that the history holds most of, the most frequent first. */
  nameFavourites(): readonly string[];
  /** Fills `{title}`, `{genre}` and `{genres}` of a wording about a candidate. */
  fill(wording: string, candidate: number): string;
  findTrait(candidate: number): CandidateTrait;
}

/** Titles above this quantile of popularity are famous. */
const fameQuantile = 0.9;

export function createImpressions(
  { candidates, guidance }: PromptReading,
  situation: RankingSituation,
  genreNames: readonly string[],
): Impressions {
  const phrases = answerPhrases[guidance.language];
  const nameGenres = (item: KnownItem | undefined): readonly string[] =>
    Array.from(item?.genres ?? [], (genre) => genreNames[genre]!);
  // Most answers are lists without a word about them.
  let found: readonly number[] | undefined;
  const favourites = (): readonly number[] => {
    found ??= findFavourites(situation.history);
    return found;
  };
  return {
    phrases,
    nameFavourites: () => favourites().map((genre) => genreNames[genre]!),
    findTrait(candidate) {
      const item = situation.candidates[candidate];
      if (item === undefined) return 'unknown';
      if (item.genres.some((genre) => favourites().includes(genre))) return 'familiar';
      if (item.popularity > fameQuantile) return 'famous';
      return item.genres.length === 0 ? 'unknown' : 'different';
    },
    fill(wording, candidate) {
      const item = situation.candidates[candidate];
      const genres = nameGenres(item);
      const shared = item?.genres.find((genre) => favourites().includes(genre));
      return fillWording(wording, {
        title: candidates[candidate]!,
        genre: (shared === undefined ? genres[0] : genreNames[shared]) ?? '',
        genres: genres.slice(0, 2).join(phrases.genreSeparator),
      });
    },
  };
}

/** Reasoning aloud: one paragraph that goes through the more of the candidates the more thinking was asked for. */
export function renderThoughts(
  { history, candidates, guidance }: PromptReading,
  impressions: Impressions,
  random: RandomStream,
): string {
  const { phrases } = impressions;
  const favourites = impressions.nameFavourites();
  const newest = history.at(-1);
  const sentences = [phrases.opening];
  if (newest === undefined) sentences.push(phrases.noHistory);
  else {
    sentences.push(fillWording(phrases.history, { count: String(history.length), title: newest }));
    sentences.push(
      favourites.length === 0
        ? phrases.tasteUnknown
        : fillWording(phrases.taste, { favourites: favourites.join(phrases.genreSeparator) }),
    );
  }
  const considered = Math.ceil(candidates.length * Math.min(1, guidance.deliberation));
  for (let candidate = 0; candidate < considered; candidate++) {
    const wordings = phrases.thoughts[impressions.findTrait(candidate)];
    sentences.push(impressions.fill(wordings[random.integer(wordings.length)]!, candidate));
  }
  sentences.push(phrases.conclusion);
  return sentences.join(phrases.sentenceSeparator);
}

function findFavourites(history: RankingSituation['history']): readonly number[] {
  const counts = new Map<number, number>();
  for (const item of history) for (const genre of item?.genres ?? []) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  return [...counts]
    .sort((left, right) => right[1] - left[1] || left[0] - right[0])
    .slice(0, 2)
    .map(([genre]) => genre);
}

/** One pass, so that braces in a title stay as they are. */
function fillWording(wording: string, values: Readonly<Record<string, string>>): string {
  return wording.replace(/\{(\w+)\}/g, (_, name: string) => values[name]!);
}
