import { createAbortError } from './assert-not-aborted.ts';
import { type Clock, systemClock } from './clock.ts';

export interface WaitingLineOptions<Ticket> {
  /**
   * Decides about the first in line. 0: it is let in, and has its place from now on. Above 0: it waits, and is asked about
   * again after so many milliseconds; `Infinity`: only when `advance` is called.
   */
  readonly admit: (ticket: Ticket) => number;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
}

/** Callers that wait for a place, in order of arrival. */
export interface WaitingLine<Ticket> {
  /** How many wait. */
  readonly length: number;
  /** Resolves when the caller is let in; rejects with `TextModelError` (`aborted`) at once where its signal is aborted. */
  enter(ticket: Ticket, signal: AbortSignal | undefined): Promise<void>;
  /** Lets in whoever may go now. To be called when a place has become free. */
  advance(): void;
}

interface Waiter<Ticket> {
  readonly ticket: Ticket;
  readonly start: () => void;
  readonly reject: (error: Error) => void;
  left: boolean;
}

/**
 * A waiting line: nobody overtakes, whatever frees a place, and who gives up leaves without holding up the others. A
 * place is taken in the moment of `admit`, so that no two callers are let in for one.
 */
export function createWaitingLine<Ticket>({
  admit,
  clock = systemClock,
}: WaitingLineOptions<Ticket>): WaitingLine<Ticket> {
  let waiters: Waiter<Ticket>[] = [];
  let head = 0;
  let length = 0;
  let alarm: AbortController | undefined;
  const leavers = createLeavers<Waiter<Ticket>>((leaving) => {
    for (const waiter of leaving) {
      waiter.left = true;
      length--;
      waiter.reject(createAbortError());
    }
    // The next one may want less than the first one did.
    if (waiters[head]?.left === true) advance();
  });

  const advance = (): void => {
    alarm?.abort();
    alarm = undefined;
    for (; head < waiters.length; head++) {
      const waiter = waiters[head]!;
      if (waiter.left) continue;
      const delayMs = admit(waiter.ticket);
      if (delayMs > 0) {
        if (delayMs < Infinity) setAlarm(delayMs);
        break;
      }
      length--;
      waiter.start();
    }
    if (head > 1_000 && head * 2 > waiters.length) {
      waiters = waiters.slice(head);
      head = 0;
    }
  };

  const setAlarm = (delayMs: number): void => {
    alarm = new AbortController();
    // Whole milliseconds: a rounding error left over by a wait would else be waited for without an end.
    clock.wait(Math.ceil(delayMs), alarm.signal).then(advance, () => {});
  };

  return {
    get length() {
      return length;
    },
    enter: (ticket, signal) =>
      new Promise<void>((resolve, reject) => {
        const waiter: Waiter<Ticket> = {
          ticket,
          left: false,
          reject,
          start() {
            leavers.remove(signal, waiter);
            resolve();
          },
        };
        leavers.add(signal, waiter);
        waiters.push(waiter);
        length++;
        if (length === 1) advance();
      }),
    advance,
  };
}

interface Leavers<Member> {
  add(signal: AbortSignal | undefined, member: Member): void;
  remove(signal: AbortSignal | undefined, member: Member): void;
}

/**
 * Who leaves at which abort. One listener a signal: a batch shares one, and adding a listener takes time in proportion
 * to those that are there.
 */
function createLeavers<Member>(onLeave: (members: Iterable<Member>) => void): Leavers<Member> {
  const groups = new Map<AbortSignal, { readonly members: Set<Member>; readonly leave: () => void }>();
  return {
    add(signal, member) {
      if (signal === undefined) return;
      let group = groups.get(signal);
      if (group === undefined) {
        const members = new Set<Member>();
        const leave = (): void => {
          groups.delete(signal);
          onLeave(members);
        };
        group = { members, leave };
        groups.set(signal, group);
        signal.addEventListener('abort', leave, { once: true });
      }
      group.members.add(member);
    },
    remove(signal, member) {
      const group = signal === undefined ? undefined : groups.get(signal);
      if (signal === undefined || group === undefined) return;
      group.members.delete(member);
      if (group.members.size > 0) return;
      groups.delete(signal);
      signal.removeEventListener('abort', group.leave);
    },
  };
}
