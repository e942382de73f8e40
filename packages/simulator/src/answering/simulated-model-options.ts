import { InvalidArgumentError } from '@rppkit/spec';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { RewriteManner } from '../refining/sample-rewrite.ts';
import { behaviours, type SimulatorProfile } from './behaviour.ts';

/** What determines the answers of a simulated model. */
export interface SimulatedModelOptions {
  /** All that the model knows beside the prompt. */
  readonly knowledge: Knowledge;
  /** Default 'weak'. */
  readonly profile?: SimulatorProfile;
  /** Spread of repeated draws, in [0, 2]; at 0 the seed changes nothing. Default 0.7. */
  readonly temperature?: number;
  /** Longest answer in tokens, a positive integer: a longer one is cut off there. Default: no limit. */
  readonly maxTokens?: number;
  /** How the model rewrites a sentence when a prompt asks for that; default 'faithful'. */
  readonly rewriting?: RewriteManner;
}

/** Throws `InvalidArgumentError` for the first option out of range. */
export function assertModelOptions(options: SimulatedModelOptions): void {
  const { knowledge, profile, temperature, maxTokens, rewriting } = options;
  if (typeof knowledge?.find !== 'function') {
    throw new InvalidArgumentError('knowledge', 'a Knowledge', knowledge, 'Make one with createKnowledge.');
  }
  assertOneOf('profile', profile, Object.keys(behaviours));
  assertTemperature(temperature);
  assertMaxTokens(maxTokens);
  assertOneOf('rewriting', rewriting, ['faithful', 'sloppy', 'malicious'] satisfies RewriteManner[]);
}

function assertTemperature(temperature: number | undefined): void {
  if (temperature === undefined || (typeof temperature === 'number' && temperature >= 0 && temperature <= 2)) return;
  throw new InvalidArgumentError('temperature', 'in [0, 2]', temperature);
}

export function assertMaxTokens(maxTokens: number | undefined): void {
  if (maxTokens === undefined || (Number.isSafeInteger(maxTokens) && maxTokens >= 1)) return;
  throw new InvalidArgumentError('maxTokens', 'a positive integer', maxTokens, 'Leave it out for no limit.');
}

function assertOneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return;
  throw new InvalidArgumentError(name, allowed.map((known) => `'${known}'`).join(' or '), value);
}
