import { expect, it } from 'vitest';
import type { Progress } from '../terminal/progress.ts';
import { announceWait } from './announce-wait.ts';

/** What is done, in order. */
function announce(underWay: number, interrupted: boolean): readonly string[] {
  const done: string[] = [];
  const progress: Progress = { begin() {}, advance() {}, end() {}, close: () => done.push('closed') };
  announceWait({ log: (line) => done.push(line), progress, underWay, interrupted });
  return done;
}

it('closes the view, then says what is waited for, and what a second Ctrl-C does', () => {
  expect(announce(3, true)).toEqual([
    'closed',
    'Waits for 3 answers under way, which are paid for, and stores them. A second Ctrl-C ends at once.',
  ]);
  expect(announce(3, false)).toEqual(['closed', 'Waits for 3 answers under way, which are paid for, and stores them.']);
});

it('says nothing where nothing is under way', () => {
  expect(announce(0, true)).toEqual(['closed']);
});
