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
import { type AnsweredRound, describeRound } from './describe-round.ts';
import { computeObservationSize, encodeObservation, prepareEncoders } from './encoders/encoder.ts';
import { type RestoreEncoderOptions, restoreEncoder } from './encoders/restore-encoder.ts';
import { assertCount } from './encoders/state-fields.ts';
import { assertEncoders } from './environment-checks.ts';

export interface PromptPolicyParts {
  /** One network an agent, as a learner exports them. */
  readonly networks: readonly AgentNetwork[];
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

/** Observations and masks of tasks before their first round, in the layout that policies read. */
export function observeTasks(
  tasks: readonly RankingTask[],
  promptPolicy: Pick<PromptPolicy, 'space' | 'encoders' | 'rounds'>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Observed> {
  const { rounds } = promptPolicy;
  return observe(
    tasks.map((task) => ({ context: { task, round: 0, rounds } })),
    promptPolicy,
    options,
  );
}

interface Observed {
  readonly observations: Float32Array;
  readonly masks: ActionMasks;
}

interface Row {
  readonly context: EncoderContext;
  readonly previousWindow?: number;
}

async function observe(
  rows: readonly Row[],
  { space, encoders }: Pick<PromptPolicy, 'space' | 'encoders'>,
  { signal }: { readonly signal?: AbortSignal },
): Promise<Observed> {
  const size = computeObservationSize(encoders);
  const observations = new Float32Array(rows.length * size);
  const contexts = rows.map(({ context }) => context);
  await prepareEncoders(encoders, contexts, signal === undefined ? {} : { signal });
  contexts.forEach((context, index) => {
    encodeObservation(encoders, context, observations.subarray(index * size, (index + 1) * size));
  });
  const masks = Object.fromEntries(
    space.patterns.map(({ name, expressions }) => [name, new Uint8Array(rows.length * expressions.length)]),
  );
  rows.forEach(({ context, previousWindow }, index) => {
    const own = computeActionMasks(space, context.task, previousWindow === undefined ? {} : { previousWindow });
    own.forEach((mask, position) => {
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
  return choose(await observeTasks(tasks, promptPolicy, options), promptPolicy);
}

function choose({ observations, masks }: Observed, { space, policy }: PromptPolicy): readonly JointAction[] {
  // A deterministic choice draws nothing from the stream.
  const { actions } = policy.act(observations, { deterministic: true, random: createRandomStream(0), masks });
  const columns = space.patterns.map(({ name }) => actions[name]!);
  return Array.from(columns[0]!, (_, row) => columns.map((column) => column[row]!));
}

/** A prompt made for one user. */
export interface PersonalPrompt {
  readonly choice: JointAction;
  /** The chosen sentence of every pattern. */
  readonly expressions: readonly Expression[];
  readonly prompt: ComposedPrompt;
}

export interface PersonalizeOptions {
  /**
   * Of a policy of several rounds: the rounds that this user was asked before, oldest first, fewer than the policy's
   * `rounds`. Default: none.
   */
  readonly earlier?: readonly AnsweredRound[];
  readonly signal?: AbortSignal;
}

/**
 * The prompt that a policy picks for one user, known or new. Takes the policy file itself, or an opened one where many
 * users are served or encoders need parts that a file cannot hold. Needs no TensorFlow. Encoders remember a task by its
 * identity: a history that has grown is a new task object. Throws as `openPromptPolicy` does, and `InvalidArgumentError`
 * for more earlier rounds than the policy knows.
 */
export async function personalize(
  policy: PolicyFile | PromptPolicy,
  task: RankingTask,
  { earlier = [], ...options }: PersonalizeOptions = {},
): Promise<PersonalPrompt> {
  const promptPolicy = toPromptPolicy(policy);
  const { space, rounds } = promptPolicy;
  assertRankingTask(task);
  if (earlier.length >= rounds) {
    throw new InvalidArgumentError(
      'earlier',
      `fewer rounds than the ${rounds} that the policy was trained on`,
      earlier,
      'The episode of this user has ended.',
    );
  }
  const last = earlier.at(-1);
  const context = { task, round: earlier.length, rounds };
  // Checks that there are answers, and that none has failed.
  const described = last === undefined ? {} : { last: describeRound(last) };
  const windowed = last === undefined ? {} : { previousWindow: last.answers[0]!.prompt.window };
  const row = { ...windowed, context: { ...context, ...described } };
  const choice = choose(await observe([row], promptPolicy, options), promptPolicy)[0]!;
  return {
    choice,
    expressions: getExpressions(space, choice),
    prompt: composePrompt(space, choice, task, windowed),
  };
}

function toPromptPolicy(policy: PolicyFile | PromptPolicy): PromptPolicy {
  if (typeof policy === 'object' && policy !== null) {
    if ('header' in policy) return openPromptPolicy(policy);
    if ('policy' in policy && 'space' in policy) return policy;
  }
  throw new InvalidArgumentError(
    'policy',
    'a policy file or an opened one',
    policy,
    'Read the file’s bytes and decode them with decodePolicy of @rppkit/policy.',
  );
}

function assertRankingTask(task: RankingTask): void {
  if (Array.isArray(task?.history) && Array.isArray(task.candidates)) return;
  throw new InvalidArgumentError('task', 'a ranking task', task, 'Of a judged task pass its task.');
}
