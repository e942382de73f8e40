import { readFileSync } from 'node:fs';
import type { RankingStepInfo } from '@rppkit/env';
import type { TrainingProgress } from '@rppkit/marl';
import { type AppendedFile, createAppendedFile, reopenAppendedFile } from '../run-folder/appended-file.ts';
import type { RunCheckpoint } from '../run-folder/checkpoints.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { renderTrajectories } from './trajectories.ts';

/** `trajectories.jsonl` and `metrics.csv`, which hold only what seed, data and answers determine, and `timing.csv`. */
export interface TrainingFiles {
  /** Writes one update. */
  add(progress: TrainingProgress<RankingStepInfo>): void;
  marks(): RunCheckpoint['files'];
}

/** The files of a training, empty or cut back to where the checkpoint was taken. */
export function openTrainingFiles(folder: RunFolder, checkpoint: RunCheckpoint | undefined): TrainingFiles {
  const open = (name: keyof RunCheckpoint['files']): AppendedFile =>
    checkpoint === undefined
      ? createAppendedFile(folder.resolve(name))
      : reopenAppendedFile(folder.resolve(name), checkpoint.files[name]);
  const trajectories = open('trajectories.jsonl');
  const metrics = open('metrics.csv');
  let columns = checkpoint === undefined ? undefined : readColumns(folder);
  if (!folder.has('timing.csv')) folder.append('timing.csv', 'update,seconds\n');
  const started = performance.now();
  return {
    add(progress) {
      const { update, episodes, metrics: values } = progress;
      trajectories.append(renderTrajectories(progress));
      let lines = '';
      if (columns === undefined) {
        columns = Object.keys(values).toSorted();
        lines = `${['update', 'episodes', ...columns].join(',')}\n`;
      }
      metrics.append(`${lines}${[update, episodes, ...columns.map((column) => values[column])].join(',')}\n`);
      folder.append('timing.csv', `${update},${((performance.now() - started) / 1000).toFixed(3)}\n`);
    },
    marks: () => ({ 'trajectories.jsonl': trajectories.mark(), 'metrics.csv': metrics.mark() }),
  };
}

function readColumns(folder: RunFolder): readonly string[] {
  const [header] = readFileSync(folder.resolve('metrics.csv'), 'utf8').split('\n', 1);
  return header!.split(',').slice(2);
}
