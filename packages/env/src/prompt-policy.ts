import { createPatternSpace, type PatternSpace } from '@rppkit/patterns';
import {
  type AgentNetwork,
  createPolicy,
  createPolicyFile,
  type FilePolicy,
  type JsonObject,
  type PairScores,
  type PolicyFile,
} from '@rppkit/policy';
import { type Encoder, type EncoderState, InvalidArgumentError, RppError } from '@rppkit/spec';
import { computeObservationSize } from './encoders/encoder.ts';
import { type RestoreEncoderOptions, restoreEncoder } from './encoders/restore-encoder.ts';
import { assertCount } from './encoders/state-fields.ts';
import { assertEncoders } from './environment-checks.ts';

export interface PromptPolicyParts {
  /** One network an agent, as a learner exports them. */
  readonly networks: readonly AgentNetwork[];
  /** Of a policy whose agents choose together; default none. */
  readonly pairs?: readonly PairScores[];
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  /** Rounds of the episodes it was trained on, at least 1. */
  readonly rounds: number;
  /** Whatever should travel with the policy: data set, model, seed, calls. */
  readonly provenance?: JsonObject;
}

/**
 * A policy file that holds all a new user needs: networks, pattern space with its sentences, and fitted encoders. Throws
 * `InvalidArgumentError` where networks, patterns and encoders do not fit together, and for other options out of range.
 */
export function createPromptPolicyFile({
  networks,
  pairs = [],
  space,
  encoders,
  rounds,
  provenance = {},
}: PromptPolicyParts): PolicyFile {
  assertEncoders(encoders);
  assertCount('rounds', rounds);
  const agents = networks.map(({ name }) => name);
  const missing = space.patterns.find(({ name }) => !agents.includes(name));
  if (missing !== undefined) {
    throw new InvalidArgumentError('networks', `one for each pattern, also for ${missing.name}`, agents.join(', '));
  }
  const metadata = { space, encoders: encoders.map((encoder) => encoder.state()), rounds, provenance };
  return createPolicyFile({
    observationSize: computeObservationSize(encoders),
    networks,
    pairs,
    actions: Object.fromEntries(space.patterns.map(({ name, expressions }) => [name, expressions.map(({ id }) => id)])),
    // createPolicyFile refuses what JSON cannot hold, such as NaN in the state of an encoder.
    metadata: metadata as unknown as JsonObject,
  });
}

/** A policy file made ready to choose prompts. */
export interface PromptPolicy {
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  readonly rounds: number;
  readonly policy: FilePolicy;
  readonly provenance: JsonObject;
}

/**
 * Opens a file that `createPromptPolicyFile` made; text embedders and encoders of one's own are passed in, as the file
 * holds only their names. Throws `RppError` (`POLICY_METADATA`) where it was not made by it, where its metadata do not fit
 * its networks, or where an encoder cannot be restored, with what that lacks as its cause.
 */
export function openPromptPolicy(file: PolicyFile, options: RestoreEncoderOptions = {}): PromptPolicy {
  const { space, encoders, rounds, provenance = {} } = file.header.metadata;
  if (!isJsonObject(space) || !Array.isArray(encoders) || !isRounds(rounds) || !isJsonObject(provenance)) {
    throw createMetadataError('with a pattern space, encoders and rounds in its metadata, received one without');
  }
  const opened = { rounds, provenance, policy: createPolicy(file), ...restoreParts(space, encoders, options) };
  const size = computeObservationSize(opened.encoders);
  if (size !== file.header.observationSize) {
    throw createMetadataError(`whose encoders write ${file.header.observationSize} floats, received ${size}`);
  }
  const { agents } = file.header;
  if (agents.length !== opened.space.patterns.length) {
    const received = `received ${agents.length} for ${opened.space.patterns.length}`;
    throw createMetadataError(`with one agent for each pattern, ${received}`);
  }
  for (const { name, expressions } of opened.space.patterns) {
    const ids = agents.find((agent) => agent.name === name)?.actions ?? [];
    if (ids.join('\n') !== expressions.map(({ id }) => id).join('\n')) {
      throw createMetadataError(
        `whose agent ${name} chooses among the ${expressions.length} expressions of that pattern, received others`,
      );
    }
  }
  return opened;
}

function restoreParts(
  space: JsonObject,
  encoders: readonly unknown[],
  options: RestoreEncoderOptions,
): Pick<PromptPolicy, 'space' | 'encoders'> {
  try {
    return {
      space: createPatternSpace(space as unknown as PatternSpace),
      encoders: (encoders as readonly EncoderState[]).map((state) => restoreEncoder(state, options)),
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RppError(
      'POLICY_METADATA',
      'Expected a policy file whose space and encoders can be restored, received one where they cannot: ' +
        `${reason} What a file cannot hold is passed as openPromptPolicy(file, { embedders, restorers }).`,
      { cause },
    );
  }
}

function isRounds(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1;
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function createMetadataError(difference: string): RppError {
  return new RppError(
    'POLICY_METADATA',
    `Expected a policy file ${difference}. Write it again with createPromptPolicyFile.`,
  );
}
