import { type AskOptions, askRanking, type RankingAnswer, type RankingRequest } from './ask-ranking.ts';
import { runTogether } from './run-together.ts';
import { assertNotAborted } from './text-models/assert-not-aborted.ts';

/** One prompt in one candidate order, and what came of it. */
export interface AskedOrder {
  readonly orderIndex: number;
  readonly sampleIndex: number;
  readonly answer: RankingAnswer;
}

/** Which candidate orders of a task are asked. */
export interface OrderSchedule {
  /** How often the task was visited before, a non-negative integer. */
  readonly visit: number;
  /** 0 … rounds-1. */
  readonly round: number;
  readonly rounds: number;
  /** How many orders the task has. */
  readonly candidateOrders: number;
  /** How many of them one prompt is asked in, at most `candidateOrders`. */
  readonly ordersPerPrompt: number;
}

/**
 * Asks one prompt in `ordersPerPrompt` candidate orders at once, all different. Visits walk through the orders in turn; an
 * order that comes again is a new draw, with a sample index of its own.
 */
export async function askOrders(
  request: Omit<RankingRequest, 'orderIndex' | 'sampleIndex'>,
  { visit, round, rounds, candidateOrders, ordersPerPrompt }: OrderSchedule,
  asking: AskOptions,
): Promise<readonly AskedOrder[]> {
  assertNotAborted(asking.signal);
  const ask = async (place: number, signal: AbortSignal | undefined): Promise<AskedOrder> => {
    const asked = visit * ordersPerPrompt + place;
    const orderIndex = asked % candidateOrders;
    const sampleIndex = Math.floor(asked / candidateOrders) * rounds + round;
    const options = signal === undefined ? asking : { ...asking, signal };
    return { orderIndex, sampleIndex, answer: await askRanking({ ...request, orderIndex, sampleIndex }, options) };
  };
  return ordersPerPrompt === 1 ? [await ask(0, asking.signal)] : runTogether(ordersPerPrompt, ask, asking.signal);
}
