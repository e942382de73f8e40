import {
  type ComposedPrompt,
  composePrompt,
  computeActionMasks,
  createPatternSpace,
  type Expression,
  getExpressions,
  type JointAction,
  type PatternSpace,
} from '@rppkit/patterns';
import {
  type AgentNetwork,
  createPolicy,
  createPolicyFile,
  type FilePolicy,
  type JsonObject,
  type PolicyFile,
} from '@rppkit/policy';
import {
  type ActionMasks,
  createRandomStream,
  type Encoder,
  type EncoderContext,
  type EncoderState,
  InvalidArgumentError,
  type RankingTask,
  RppError,
} from '@rppkit/spec';
import { computeObservationSize, encodeObservation, prepareEncoders } from './encoders/encoder.ts';
import { type RestoreEncoderOptions, restoreEncoder } from './encoders/restore-encoder.ts';

export interface PromptPolicyParts {
  /** One network an agent, as a learner exports them. */
  readonly networks: readonly AgentNetwork[];
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  /** Rounds of the episodes it was trained on. */
  readonly rounds: number;
  /** Whatever should travel with the policy: data set, model, seed, calls. */
  readonly provenance?: JsonObject;
}

/**
 * A policy file that holds all a new user needs: networks, pattern space with its sentences, and fitted encoders. Throws
 * `InvalidArgumentError` where networks, patterns and encoders do not fit together.
 */
export function createPromptPolicyFile({
  networks,
  space,
  encoders,
  rounds,
  provenance = {},
}: PromptPolicyParts): PolicyFile {
  const agents = networks.map(({ name }) => name);
  const missing = space.patterns.find(({ name }) => !agents.includes(name));
  if (missing !== undefined) {
    throw new InvalidArgumentError('networks', `one for each pattern, also for ${missing.name}`, agents.join(', '));
  }
  const metadata = { space, encoders: encoders.map((encoder) => encoder.state()), rounds, provenance };
  return createPolicyFile({
    observationSize: computeObservationSize(encoders),
    networks,
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
 * its networks, or where an encoder cannot be restored.
 */
export function openPromptPolicy(file: PolicyFile, options: RestoreEncoderOptions = {}): PromptPolicy {
  const { space, encoders, rounds, provenance = {} } = file.header.metadata;
  if (!isJsonObject(space) || !Array.isArray(encoders) || typeof rounds !== 'number' || !isJsonObject(provenance)) {
    throw createMetadataError('with a pattern space, encoders and rounds in its metadata, received one without');
  }
  const opened = { rounds, provenance, policy: createPolicy(file), ...restoreParts(space, encoders, options) };
  const size = computeObservationSize(opened.encoders);
  if (size !== file.header.observationSize) {
    throw createMetadataError(`whose encoders write ${file.header.observationSize} floats, received ${size}`);
  }
  for (const { name, expressions } of opened.space.patterns) {
    const ids = file.header.agents.find((agent) => agent.name === name)?.actions ?? [];
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
    throw createMetadataError(
      `whose space and encoders can be restored, received one where they cannot (${String(cause)})`,
      cause,
    );
  }
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function createMetadataError(difference: string, cause?: unknown): RppError {
  return new RppError(
    'POLICY_METADATA',
    `Expected a policy file ${difference}. Write it again with createPromptPolicyFile.`,
    { cause },
  );
}

/** Observations and masks of tasks before their first round, in the layout that policies read. */
export async function observeTasks(
  tasks: readonly RankingTask[],
  { space, encoders, rounds }: Pick<PromptPolicy, 'space' | 'encoders' | 'rounds'>,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<{ readonly observations: Float32Array; readonly masks: ActionMasks }> {
  const size = computeObservationSize(encoders);
  const observations = new Float32Array(tasks.length * size);
  const contexts = tasks.map((task): EncoderContext => ({ task, round: 0, rounds }));
  await prepareEncoders(encoders, contexts, signal === undefined ? {} : { signal });
  contexts.forEach((context, index) => {
    encodeObservation(encoders, context, observations.subarray(index * size, (index + 1) * size));
  });
  const masks = Object.fromEntries(
    space.patterns.map(({ name, expressions }) => [name, new Uint8Array(tasks.length * expressions.length)]),
  );
  tasks.forEach((task, index) => {
    computeActionMasks(space, task).forEach((mask, position) => {
      masks[space.patterns[position]!.name]!.set(mask, index * mask.length);
    });
  });
  return { observations, masks };
}

/** The legal joint action that the policy holds best for each task, before any answer. */
export async function choosePrompts(
  tasks: readonly RankingTask[],
  promptPolicy: PromptPolicy,
  options: { readonly signal?: AbortSignal } = {},
): Promise<readonly JointAction[]> {
  if (tasks.length === 0) return [];
  const { space, policy } = promptPolicy;
  const { observations, masks } = await observeTasks(tasks, promptPolicy, options);
  // A deterministic choice draws nothing from the stream.
  const { actions } = policy.act(observations, { deterministic: true, random: createRandomStream(0), masks });
  return tasks.map((_, index) => space.patterns.map(({ name }) => actions[name]![index]!));
}

/** A prompt made for one user. */
export interface PersonalPrompt {
  readonly choice: JointAction;
  /** The chosen sentence of every pattern. */
  readonly expressions: readonly Expression[];
  readonly prompt: ComposedPrompt;
}

/**
 * The prompt that a policy picks for one user, known or new. Takes the policy file itself, or an opened one where many
 * users are served or encoders need parts that a file cannot hold. Needs no TensorFlow. Throws as `openPromptPolicy` does.
 */
export async function personalize(
  policy: PolicyFile | PromptPolicy,
  task: RankingTask,
  options: { readonly signal?: AbortSignal } = {},
): Promise<PersonalPrompt> {
  const promptPolicy = 'header' in policy ? openPromptPolicy(policy) : policy;
  const [choice] = await choosePrompts([task], promptPolicy, options);
  const { space } = promptPolicy;
  return { choice: choice!, expressions: getExpressions(space, choice!), prompt: composePrompt(space, choice!, task) };
}
