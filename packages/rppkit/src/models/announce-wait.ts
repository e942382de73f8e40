import type { Progress } from '../terminal/progress.ts';

export interface WaitFacts {
  readonly log: (line: string) => void;
  readonly progress: Progress;
  /** Calls that were sent to a model that costs something, and have not ended. */
  readonly underWay: number;
  /** Whether Ctrl-C is the reason, so that a second one helps. */
  readonly interrupted: boolean;
}

/** Says at Ctrl-C, at a limit and at a failure what is waited for. Closes the view, below which it is said. */
export function announceWait({ log, progress, underWay, interrupted }: WaitFacts): void {
  progress.close?.();
  if (underWay === 0) return;
  const hint = interrupted ? ' A second Ctrl-C ends at once.' : '';
  log(`Waits for ${underWay} answers under way, which are paid for, and stores them.${hint}`);
}
