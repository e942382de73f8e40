import type { RestoreEncoderOptions } from '@rppkit/env';
import type { PatternSpace } from '@rppkit/patterns';
import { type Encoder, InvalidArgumentError } from '@rppkit/spec';
import { loadBanditPrompts } from '../bandits/bandit-prompts.ts';
import { loadFoundSegments } from './found-segments.ts';
import { loadFoundSequence } from './found-sequence.ts';
import { assertObject } from './saved-prompts.ts';
import type { FoundPrompts, FoundPromptsState } from './searcher.ts';

/** `embedders` and `restorers`: what the states of encoders cannot hold. */
export interface LoadFoundPromptsOptions extends RestoreEncoderOptions {
  /** The pattern space of the search; the ids of its expressions are what a state holds. */
  readonly space: PatternSpace;
  /** Encoders to choose with; default: restored from the state. */
  readonly encoders?: readonly Encoder[];
}

type Loader = (state: FoundPromptsState, options: LoadFoundPromptsOptions) => FoundPrompts;

const loaders: ReadonlyMap<string, Loader> = new Map<string, Loader>([
  ['sequence', (state, { space }) => loadFoundSequence(state, space)],
  ['segments', loadFoundSegments],
  ['bandit', loadBanditPrompts],
]);

/**
 * What `FoundPrompts.save()` returned, also after `JSON.parse`, made ready to choose prompts. Throws `InvalidArgumentError`,
 * which names the field, for a state that is not whole, that belongs to another space, or that this version does not know.
 */
export function loadFoundPrompts(state: FoundPromptsState, options: LoadFoundPromptsOptions): FoundPrompts {
  const { kind, calls } = assertObject('state', state);
  const load = loaders.get(kind as string);
  if (load === undefined) throw new InvalidArgumentError('state.kind', `among ${[...loaders.keys()].join(', ')}`, kind);
  if (!Number.isInteger(calls) || (calls as number) < 0) {
    throw new InvalidArgumentError('state.calls', 'a non-negative integer', calls);
  }
  return load(state, options);
}
