import type { Progress } from '../terminal/progress.ts';

/** What a run tells of itself while it works. */
export type RunEvent =
  /** A line for people, such as the calls that are planned. */
  | { readonly type: 'message'; readonly text: string }
  /** A phase of calls begins: how many it will make. */
  | { readonly type: 'phase-start'; readonly phase: string; readonly calls: number }
  /** At most ten times a second: calls of the phase so far, and what it says of itself, such as the latest reward. */
  | {
      readonly type: 'progress';
      readonly phase: string;
      readonly done: number;
      readonly calls: number;
      readonly note: string;
    }
  /** The phase has ended, also where it was interrupted or failed. */
  | { readonly type: 'phase-end'; readonly phase: string };

/** Where events go. */
export type RunListener = (event: RunEvent) => void;

/** Progress that is told as events. */
export function createEventProgress(listener: RunListener): Progress {
  let phase = '';
  let calls = 0;
  return {
    begin(label, total) {
      phase = label;
      calls = total;
      listener({ type: 'phase-start', phase, calls });
    },
    advance(done, note = '') {
      listener({ type: 'progress', phase, done, calls, note });
    },
    end() {
      listener({ type: 'phase-end', phase });
    },
  };
}
