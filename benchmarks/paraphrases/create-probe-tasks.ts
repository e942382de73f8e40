import { createInteractionLog, type Dataset, type InteractionRow } from '@rppkit/datasets';
import { createRandomStream, type Item, type RandomStream, type RankingTask } from '@rppkit/spec';

/** What a probe task is made of. */
interface ProbeItem {
  readonly item: Item;
  readonly genre: string;
  readonly famous: boolean;
}

/** A ranking task with a known build. */
export interface ProbeTask {
  readonly task: RankingTask;
  /** Those of the task, in its order. */
  readonly candidates: readonly ProbeItem[];
  /** The genre of the first and longer part of the history, and that of its end. */
  readonly olderGenre: string;
  readonly recentGenre: string;
}

export interface Probes {
  /** From which the model's knowledge is made. */
  readonly dataset: Dataset;
  readonly tasks: readonly ProbeTask[];
}

const genres = ['Drama', 'Comedy', 'Western', 'Horror', 'Romance', 'Animation'] as const;
const itemsOfGenre = 24;
const olderItems = 5;
const recentItems = 3;
const numberOfTasks = 700;
const firstWords =
  'Amber Broken Crimson Distant Empty Frozen Gentle Hollow Iron Jade Lonely Marble Northern Opal Paper Quiet Rusty Silver Tender Velvet Winter Yellow Zephyr Copper'.split(
    ' ',
  );
const secondWords = ['Harbor', 'Orchard', 'Lantern', 'Meadow', 'Compass', 'Carousel'] as const;

/**
 * Tasks whose history moves from one genre to another. Their ten candidates cross {recent genre, older genre, a genre that is
 * not in the history} with {famous, little known}: each cell once and four of them twice, in random order.
 */
export function createProbeTasks(): Probes {
  const random = createRandomStream('paraphrase probes');
  const items: ProbeItem[] = genres.flatMap((genre, column) =>
    firstWords.slice(0, itemsOfGenre).map((word, row) => {
      const title = `${word} ${secondWords[column]!} (${1950 + ((7 * row + 11 * column) % 60)})`;
      return { item: { id: title, title, attributes: { genres: [genre] } }, genre, famous: row % 2 === 0 };
    }),
  );
  const interactions: InteractionRow[] = items.flatMap(({ item, famous }, index) =>
    Array.from({ length: famous ? 40 + (index % 7) : 1 + (index % 3) }, (_, user) => ({
      user: `${user}`,
      item: item.id,
    })),
  );
  const log = createInteractionLog(
    interactions,
    items.map(({ item }) => item),
  );
  const tasks = Array.from({ length: numberOfTasks }, (_, index) => createTask(items, index, random.split(index)));
  return { dataset: { name: 'probes', order: 'column', log }, tasks };
}

function createTask(items: readonly ProbeItem[], index: number, random: RandomStream): ProbeTask {
  const [olderGenre, recentGenre, otherGenre] = shuffle(genres, random) as [string, string, string];
  const used = new Set<ProbeItem>();
  const draw = (genre: string, famous?: boolean): ProbeItem => {
    const left = items.filter(
      (item) => item.genre === genre && item.famous === (famous ?? item.famous) && !used.has(item),
    );
    const drawn = left[random.integer(left.length)]!;
    used.add(drawn);
    return drawn;
  };
  const history = [
    ...Array.from({ length: olderItems }, () => draw(olderGenre)),
    ...Array.from({ length: recentItems }, () => draw(recentGenre)),
  ];
  const cells = [olderGenre, recentGenre, otherGenre].flatMap((genre) =>
    [true, false].map((famous) => ({ genre, famous })),
  );
  const candidates = shuffle([...cells, ...shuffle(cells, random).slice(0, 4)], random).map(({ genre, famous }) =>
    draw(genre, famous),
  );
  const task: RankingTask = {
    id: `probe ${index}`,
    user: `probe ${index}`,
    history: history.map(({ item }) => ({ item })),
    candidates: candidates.map(({ item }) => item),
  };
  return { task, candidates, olderGenre, recentGenre };
}

function shuffle<Value>(values: readonly Value[], random: RandomStream): Value[] {
  const mixed = [...values];
  for (let index = mixed.length - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    [mixed[index], mixed[other]] = [mixed[other]!, mixed[index]!];
  }
  return mixed;
}
