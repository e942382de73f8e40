import { InvalidArgumentError, RppError, type TextModel, TextModelError, type TextRequest } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { assertRecordedCall, copyResponse, type RecordedCall } from './recorded-call.ts';
import { renderCanonicalJson } from './render-canonical-json.ts';
import { computeRequestIdentity, type RequestIdentity } from './request-identity.ts';

export interface ReplayModelOptions {
  /** Which of the recorded models to replay; needed where the calls are those of several. */
  readonly id?: string;
}

/**
 * A text model that answers from recorded calls and asks nobody. A request is found by its identity (messages, sample
 * index, purpose, response schema), whatever the order of calls; one that was recorded several times gets its answers
 * and failures in the order recorded, each once. Answers are equal to the recorded ones in every field. A request that
 * is not, or no longer, in the recording rejects with `RppError` (`REPLAY_MISSING`), which says what differs. Throws
 * `InvalidArgumentError` where the model is not told or not recorded, `RppError` (`RECORDING`) for damaged calls.
 */
export function createReplayModel(calls: readonly RecordedCall[], { id }: ReplayModelOptions = {}): TextModel {
  for (const [index, call] of calls.entries()) assertRecordedCall(call, `calls[${index}]`);
  const model = chooseModel(calls, id);
  const recorded = calls.filter((call) => call.model === model);
  const queues = new Map<string, { readonly calls: RecordedCall[]; next: number }>();
  for (const call of recorded) {
    const key = computeRequestIdentity(call.request);
    const queue = queues.get(key);
    if (queue === undefined) queues.set(key, { calls: [call], next: 0 });
    else queue.calls.push(call);
  }

  return {
    id: model,
    async generate(request) {
      assertNotAborted(request.signal);
      const queue = queues.get(computeRequestIdentity(request));
      if (queue === undefined) throw createMissingError(explainDifference(request, recorded));
      const call = queue.calls[queue.next];
      if (call === undefined) throw createMissingError(`one that was recorded ${queue.calls.length} times only`);
      queue.next++;
      if ('response' in call) return copyResponse(call.response);
      const { failure, ...options } = call.failed;
      throw new TextModelError(failure, `The recorded call failed (${failure}).`, options);
    },
  };
}

function chooseModel(calls: readonly RecordedCall[], id: string | undefined): string {
  const models = [...new Set(calls.map(({ model }) => model))];
  const shown = models.length === 0 ? 'no call' : `calls of ${models.map((model) => JSON.stringify(model)).join(', ')}`;
  if (id !== undefined) {
    if (!models.includes(id))
      throw new InvalidArgumentError('id', 'that of a recorded model', id, `There are ${shown}.`);
    return id;
  }
  if (models.length === 1) return models[0]!;
  throw new InvalidArgumentError('calls', 'those of one model', shown, 'Tell the model by its id, or record first.');
}

function createMissingError(received: string): RppError {
  return new RppError(
    'REPLAY_MISSING',
    `Expected a request of the recording, received ${received}. Record again, or undo what changed the requests.`,
  );
}

/** Says in which field the nearest recorded request is another one, and how. */
function explainDifference(request: TextRequest, calls: readonly RecordedCall[]): string {
  let nearest = calls[0]!.request;
  let best = -1;
  for (const { request: candidate } of calls) {
    const closeness = computeCloseness(request, candidate);
    if (closeness <= best) continue;
    best = closeness;
    nearest = candidate;
  }
  const [text, recorded] = [renderMessages(request), renderMessages(nearest)];
  const differences: string[] = [];
  if (text !== recorded) {
    const start = Math.max(0, computeCommonLength(text, recorded) - 20);
    const show = (whole: string): string => JSON.stringify(whole.slice(start, start + 60));
    differences.push(`messages with ${show(text)} where ${show(recorded)} was recorded`);
  }
  for (const field of ['sampleIndex', 'purpose', 'responseSchema'] as const) {
    const [here, there] = [request, nearest].map((each) => renderCanonicalJson(each[field] ?? null, field));
    if (here !== there) differences.push(`${field} ${here} where ${there} was recorded`);
  }
  return `one that differs from the nearest recorded request: ${differences.join('; ')}`;
}

/** Equal messages weigh more than all else; among different ones, how far they agree. */
function computeCloseness(request: TextRequest, candidate: RequestIdentity): number {
  const [text, recorded] = [renderMessages(request), renderMessages(candidate)];
  const fields =
    Number(request.sampleIndex === candidate.sampleIndex) / 4 + Number(request.purpose === candidate.purpose) / 4;
  return (text === recorded ? Number.MAX_SAFE_INTEGER / 4 : computeCommonLength(text, recorded)) + fields;
}

function renderMessages({ messages }: RequestIdentity): string {
  return messages.map(({ role, text }) => `${role}: ${text}`).join('\n');
}

function computeCommonLength(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}
