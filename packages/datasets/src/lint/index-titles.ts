import type { TaskIndex } from './index-tasks.ts';

/** Titles of candidates as a forgiving parser reads them: words of letters and digits, case and punctuation aside. */
export interface TitleIndex {
  /** Equal for titles that read alike, `Int32Array [items]`; -1 for items that are never a candidate. */
  readonly keys: Int32Array;
  /** The words of each key's title as integers below `wordCount`; empty for titles of symbols alone. */
  readonly words: readonly Int32Array[];
  readonly wordCount: number;
}

/** Reads the title of every item that is a candidate once. */
export function indexTitles({ tasks, items }: Pick<TaskIndex, 'tasks' | 'items'>): TitleIndex {
  const keys = new Int32Array(items.length).fill(-1);
  const words: Int32Array[] = [];
  const keyIndices = new Map<string, number>();
  const wordIndices = new Map<string, number>();
  const indexWord = (word: string): number => {
    const index = wordIndices.get(word) ?? wordIndices.size;
    wordIndices.set(word, index);
    return index;
  };
  for (const { candidates } of tasks) {
    for (const item of candidates) {
      if (keys[item] !== -1) continue;
      const title = items[item]!.title.normalize('NFKC').toLowerCase().trim();
      // Marks carry the vowels of many scripts.
      const own = title.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
      const key = own.length > 0 ? own.join(' ') : title;
      keys[item] = keyIndices.get(key) ?? keyIndices.size;
      if (keys[item] < keyIndices.size) continue;
      keyIndices.set(key, keys[item]);
      words.push(Int32Array.from(own, indexWord));
    }
  }
  return { keys, words, wordCount: wordIndices.size };
}
