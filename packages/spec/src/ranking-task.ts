/** An item that can be ranked. `id` identifies it; titles may collide. */
export interface Item {
  readonly id: string;
  readonly title: string;
  /** Named text attributes, such as `genres: ['Comedy', 'Drama']` or `year: '1995'`. */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
}

/** One thing that a user did, in the order of `RankingTask.history`. */
export interface HistoryEntry {
  readonly item: Item;
  /** In the data set's own scale. */
  readonly rating?: number;
  /** Seconds since 1970-01-01 UTC. */
  readonly time?: number;
}

/** What prompts, encoders and policies may see. Also what a live user is. */
export interface RankingTask {
  /** Unique among the tasks of an experiment; names the task's random streams and store entries. */
  readonly id: string;
  readonly user: string;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
  /** In the task's own order (order index 0). No duplicates. */
  readonly candidates: readonly Item[];
}

/** A task with its labels: for rewards and reports only, so that a label cannot reach a prompt. */
export interface JudgedTask {
  readonly task: RankingTask;
  /** Item id → gain; items that are absent have gain 0. */
  readonly relevance: ReadonlyMap<string, number>;
}

/** Values that a ranker gives to the candidates of a task; higher ranks first, `Float32Array [candidates]`. */
export interface Scorer {
  readonly name: string;
  score(task: RankingTask): Float32Array;
}

/** Vectors by id, from any model. */
export interface EmbeddingTable {
  readonly dimensions: number;
  /** `Float32Array [dimensions]`, or undefined for an unknown id. */
  get(id: string): Float32Array | undefined;
}

/** Turns texts into vectors, `Float32Array [dimensions]` each. */
export interface TextEmbedder {
  readonly id: string;
  readonly dimensions: number;
  embed(texts: readonly string[], options?: { readonly signal?: AbortSignal }): Promise<readonly Float32Array[]>;
}
