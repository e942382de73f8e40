import { InvalidArgumentError } from '@rppkit/spec';

/** A number, or one that moves linearly from `from` to `to` over the first `updates` updates and then stays. */
export type Schedule = number | { readonly from: number; readonly to: number; readonly updates: number };

/** The scheduled value after `done` updates. */
export function computeScheduled(schedule: Schedule, done: number): number {
  if (typeof schedule === 'number') return schedule;
  const { from, to, updates } = schedule;
  return from + (to - from) * Math.min(1, done / updates);
}

/** Throws unless every value of the schedule is finite and not negative, and its length a positive integer. */
export function assertSchedule(argument: string, schedule: Schedule): void {
  const values = typeof schedule === 'number' ? [schedule] : [schedule.from, schedule.to];
  for (const value of values) {
    if (!Number.isFinite(value) || value < 0) throw new InvalidArgumentError(argument, 'finite and at least 0', value);
  }
  if (typeof schedule !== 'number' && !(Number.isSafeInteger(schedule.updates) && schedule.updates > 0)) {
    throw new InvalidArgumentError(`${argument}.updates`, 'a positive integer', schedule.updates);
  }
}
