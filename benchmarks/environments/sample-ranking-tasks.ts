import { type Item, type JudgedTask, type RandomStream, sampleDistinct } from '@rppkit/spec';

const words = ['Silent', 'Golden', 'Broken', 'Electric', 'Last', 'Hidden', 'River', 'Harbour', 'Winter', 'Garden'];

/** Made-up tasks of 10 candidates and 10 history items by default, one candidate of each relevant. */
export function sampleRankingTasks(
  random: RandomStream,
  count: number,
  { candidates = 10, historyLength = 10 }: { readonly candidates?: number; readonly historyLength?: number } = {},
): readonly JudgedTask[] {
  const pool = Array.from({ length: 1000 }, (_, index): Item => {
    const title = Array.from(sampleDistinct(random, words.length, 2), (word) => words[word]!).join(' ');
    const genres = Array.from(sampleDistinct(random, 18, 3), (genre) => `genre ${genre}`);
    return { id: `item-${index}`, title: `${title} ${index} (${1950 + random.integer(70)})`, attributes: { genres } };
  });
  return Array.from({ length: count }, (_, index): JudgedTask => {
    const items = Array.from(sampleDistinct(random, pool.length, historyLength + candidates), (item) => pool[item]!);
    const history = items.slice(0, historyLength).map((item) => ({ item, rating: 1 + random.integer(5) }));
    const shown = items.slice(historyLength);
    const target = shown[random.integer(candidates)]!.id;
    return {
      task: { id: `task-${index}`, user: `user-${index}`, history, candidates: shown },
      relevance: new Map([[target, 1]]),
    };
  });
}
