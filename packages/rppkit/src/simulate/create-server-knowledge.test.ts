import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulatedTextModel } from '@rppkit/simulator';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseExperimentConfig } from '../experiment/experiment-config.ts';
import { prepareExperiment } from '../experiment/prepare-experiment.ts';
import { createServerKnowledge } from './create-server-knowledge.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const counts = { trainUsers: 20, reportUsers: 10, seed: 3 };

it.each(['synthetic', 'files'] as const)('knows of %s what a run knows with the simulated model', async (kind) => {
  const path = join(folder, 'books.csv');
  const rows = Array.from(
    { length: 480 },
    (_, row) => `u${row % 60},b${((row % 60) * 7 + Math.floor(row / 60) * 11) % 40}`,
  );
  writeFileSync(path, `user,item\n${rows.join('\n')}\n`);
  const columns = { user: 'user', item: 'item' };
  const config = parseExperimentConfig({
    ...counts,
    data:
      kind === 'files'
        ? { kind, path, format: 'csv', order: 'column', columns }
        : { kind, preset: 'diverse', users: 60 },
  });
  const knowledge = await createServerKnowledge(config, () => {});
  const { ranker } = await prepareExperiment(config, { log: () => {} });
  expect(createSimulatedTextModel({ knowledge }).id).toBe(ranker.model.id);
});
