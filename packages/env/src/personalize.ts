import {
  type ComposedPrompt,
  composePrompt,
  computeActionMasks,
  type Expression,
  getExpressions,
  type JointAction,
} from '@rppkit/patterns';
import type { PolicyFile } from '@rppkit/policy';
import {
  type ActionMasks,
  createRandomStream,
  type EncoderContext,
  InvalidArgumentError,
  type RankingTask,
} from '@rppkit/spec';
import { type AnsweredRound, describeRound } from './describe-round.ts';
import { computeObservationSize, encodeObservation, prepareEncoders } from './encoders/encoder.ts';
import { openPromptPolicy, type PromptPolicy } from './prompt-policy.ts';

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
  const described = last === undefined ? {} : { last: describeRound(space, last) };
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
