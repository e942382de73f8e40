import {
  createRandomStream,
  type EmbeddingTable,
  type Encoder,
  type RankingTask,
  type TextEmbedder,
} from '@rppkit/spec';
import { describeEncoder } from '@rppkit/spec/testing';
import { createHashedText } from './hashed-text.ts';
import { fitHistoryEmbedding } from './history-embedding.ts';
import { fitHistoryStatistics } from './history-statistics.ts';
import { createHashedItemEmbedding, fitItemEmbedding } from './item-embedding.ts';
import { createLastRanking, createRankedPositions } from './last-ranking.ts';
import { createLastAnswer, createLastPrompt, createRound } from './last-round.ts';
import { restoreEncoder } from './restore-encoder.ts';
import { createTextEmbedding } from './text-embedding.ts';
import { fitUserEmbedding } from './user-embedding.ts';

/** A vector of its own for every id of the suite's example tasks; ben, clueless and amelie are unknown. */
function createTable(ids: readonly string[]): EmbeddingTable {
  const random = createRandomStream('conformance');
  const vectors = new Map(
    ids.map((id) => {
      const stream = random.split(id);
      return [id, Float32Array.from({ length: 4 }, () => stream.normal())];
    }),
  );
  return { dimensions: 4, get: (id) => vectors.get(id) };
}

const itemTable = createTable(['alien', 'heat', 'fargo', 'chunking']);
const userTable = createTable(['ada', 'chi', 'dan']);
const training: readonly RankingTask[] = [
  ['ada', 'alien', 'heat', 'heat'],
  ['chi', 'chunking', 'fargo'],
  ['dan', 'heat'],
].map(([user, ...items]) => ({
  id: `training task of ${user}`,
  user: user!,
  history: items.map((id, place) => ({
    item: { id, title: id, attributes: { genres: [`g${place}`] } },
    rating: place,
  })),
  candidates: [{ id: 'fargo', title: 'Fargo' }],
}));

const embedder: TextEmbedder = {
  id: 'letters',
  dimensions: 26,
  embed: async (texts) =>
    texts.map((text) => {
      const counts = new Float32Array(26);
      for (const letter of text.toLowerCase()) {
        const place = letter.charCodeAt(0) - 97;
        if (place >= 0 && place < 26) counts[place]!++;
      }
      return counts;
    }),
};

const encoders: Readonly<Record<string, () => Encoder>> = {
  'history statistics': () => fitHistoryStatistics(training),
  'mean history embedding': () => fitHistoryEmbedding(training, { table: itemTable }),
  'decayed history embedding': () => fitHistoryEmbedding(training, { table: itemTable, decay: 0.7 }),
  'user embedding': () => fitUserEmbedding(training, { table: userTable }),
  'user embedding, new users from their items': () => fitUserEmbedding(training, { table: userTable, itemTable }),
  'text embedding of the history': () => createTextEmbedding({ embedder, dimensions: 5, seed: 'text' }),
  'text embedding of the last prompt': () => createTextEmbedding({ embedder, source: 'last-prompt', cacheSize: 1 }),
  'hashed text of the history': () => createHashedText(),
  'hashed text of the candidates': () => createHashedText({ source: 'candidates', dimensions: 8 }),
  'hashed text of the last prompt': () => createHashedText({ source: 'last-prompt' }),
  'last prompt': () => createLastPrompt([2, 3, 1, 4]),
  'last answer': () => createLastAnswer(),
  round: () => createRound(),
  'last ranking': () => createLastRanking({ embedding: fitItemEmbedding(training, { table: itemTable }) }),
  'last ranking of hashed items': () => createLastRanking({ embedding: createHashedItemEmbedding() }),
  'ranked positions': () =>
    createRankedPositions({ embedding: fitItemEmbedding(training, { table: itemTable }), positions: 3 }),
  'ranked positions of hashed items': () =>
    createRankedPositions({ embedding: createHashedItemEmbedding({ dimensions: 6 }), positions: 2 }),
};

for (const [name, create] of Object.entries(encoders)) {
  describeEncoder({
    name,
    create: async () => ({ encoder: create() }),
    restore: (state) => restoreEncoder(state, { embedders: [embedder] }),
  });
}
