import type { ResponseTableManifest } from '../tables/response-table.ts';
import { ResponseTableError } from '../tables/response-table-error.ts';

/** What tells one recording from another. */
export type RecordingIdentity = Pick<
  ResponseTableManifest,
  'model' | 'spaceChecksum' | 'actions' | 'orders' | 'draws' | 'tasks'
>;

/** The part of a manifest that is known before the first call. */
export function getRecordingIdentity({
  model,
  spaceChecksum,
  actions,
  orders,
  draws,
  tasks,
}: ResponseTableManifest): RecordingIdentity {
  return { model, spaceChecksum, actions, orders, draws, tasks };
}

/** Throws `ResponseTableError` (`other-recording`) that says what differs from what was recorded at `path`. */
export function assertSameRecording(recorded: RecordingIdentity, wanted: RecordingIdentity, path: string): void {
  const difference = findDifference(recorded, wanted);
  if (difference === undefined) return;
  throw new ResponseTableError(
    'other-recording',
    `Expected ${JSON.stringify(path)} to be of this recording, received one with ${difference}. Record to another path, or remove the file.`,
  );
}

function findDifference(recorded: RecordingIdentity, wanted: RecordingIdentity): string | undefined {
  if (recorded.model !== wanted.model) {
    return `the model ${JSON.stringify(recorded.model)} instead of ${JSON.stringify(wanted.model)}`;
  }
  if (recorded.spaceChecksum !== wanted.spaceChecksum) {
    return `another pattern space (checksum ${recorded.spaceChecksum} instead of ${wanted.spaceChecksum})`;
  }
  for (const name of ['orders', 'draws'] as const) {
    if (recorded[name] !== wanted[name]) return `${recorded[name]} ${name} instead of ${wanted[name]}`;
  }
  if (recorded.actions.join() !== wanted.actions.join()) {
    const first = wanted.actions.find((number, place) => number !== recorded.actions[place]);
    return `other joint actions (${recorded.actions.length} instead of ${wanted.actions.length}${first === undefined ? '' : `, the first new one is number ${first}`})`;
  }
  if (recorded.tasks.length !== wanted.tasks.length) {
    return `${recorded.tasks.length} tasks instead of ${wanted.tasks.length}`;
  }
  for (const [place, { id, checksum }] of wanted.tasks.entries()) {
    const other = recorded.tasks[place]!;
    if (other.id !== id) return `task ${JSON.stringify(other.id)} instead of ${JSON.stringify(id)} at place ${place}`;
    if (other.checksum !== checksum)
      return `another history, other candidates or other examples of task ${JSON.stringify(id)}`;
  }
  return undefined;
}
