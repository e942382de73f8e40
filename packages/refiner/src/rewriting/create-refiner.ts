import { type Expression, extendPattern, type Pattern } from '@rppkit/patterns';
import {
  InvalidArgumentError,
  RppError,
  type TextModel,
  TextModelError,
  type TextRequest,
  type TextResponse,
} from '@rppkit/spec';
import type { Guard, RejectionReason } from '../guards/guard.ts';
import { createGuards } from '../guards/guards.ts';
import { computeMaximumLength } from '../guards/keep-length.ts';
import { runGuards } from '../guards/run-guards.ts';
import { composeRequest } from './compose-request.ts';
import { readReply, replySchema } from './read-reply.ts';
import type { RefinementAttempt, RefineRequest, Refiner } from './refinement.ts';

export interface RefinerOptions {
  /** The ranker itself or another one; wrappers (store, limits, retry, budget) go around it. Asked with the purpose `refine`. */
  readonly model: TextModel;
  /** What a rewrite has to pass. Default: `createGuards()`. */
  readonly guards?: readonly Guard[];
  /** Answers that one refinement may take, at least 1; each after the first is told what was wrong. Default 2. */
  readonly attempts?: number;
  /** Longest rewrite that is asked for, in characters. Default: what the length guard allows by default. */
  readonly maximumLength?: number;
  /**
   * Whether the answer is asked for by JSON schema. Default `auto`: until the model refuses a request with one. The answer
   * is read either way.
   */
  readonly structured?: boolean | 'auto';
}

/**
 * Refines expressions with a text model. A rewrite that a guard rejects is never used; what a guard could not check is
 * reported as that. Throws `InvalidArgumentError` for options out of range and two guards of one name.
 */
export function createRefiner({
  model,
  guards = createGuards(),
  attempts = 2,
  maximumLength,
  structured = 'auto',
}: RefinerOptions): Refiner {
  assertCount('attempts', attempts);
  if (maximumLength !== undefined) assertCount('maximumLength', maximumLength);
  assertGuards(guards);
  let schema = structured !== false;

  /** Without a schema from the first request on that a model takes only without; `onRequest` is told of each. */
  const ask = async (request: TextRequest, plainly: boolean, onRequest: () => void): Promise<TextResponse> => {
    onRequest();
    if (!schema || plainly) return model.generate(request);
    try {
      return await model.generate({ ...request, responseSchema: replySchema });
    } catch (error) {
      if (structured !== 'auto' || !refusesSchema(error)) throw error;
    }
    onRequest();
    const response = await model.generate(request);
    schema = false;
    return response;
  };

  return {
    id: model.id,
    maximumCalls: structured === 'auto' ? 2 * attempts : attempts,
    async refine(request) {
      assertRequest(request);
      const { pattern, expression, domain, evidence = { facts: [] }, protectedTexts = [], sampleIndex = 0 } = request;
      const passed = request.signal === undefined ? {} : { signal: request.signal };
      const { examples = [] } = evidence;
      // The same array, where that will do: guards remember what they made of it.
      const context = examples.length === 0 ? protectedTexts : [...examples, ...protectedTexts];
      const limit = maximumLength ?? computeMaximumLength(expression);
      const answers: RefinementAttempt[] = [];
      const earlier: { text: string; details: readonly string[] }[] = [];
      const conclude = (): { attempts: readonly RefinementAttempt[]; calls: number } => ({
        attempts: answers,
        calls,
      });
      let calls = 0;
      const onRequest = (): void => {
        calls++;
      };
      let reasons: readonly (RejectionReason | 'unreadable')[] = [];
      let plainly = false;
      for (let attempt = 0; attempt < attempts; attempt++) {
        const messages = composeRequest({
          pattern,
          expression,
          language: domain.language,
          maximumLength: limit,
          evidence,
          earlier,
        });
        let answer: TextResponse;
        try {
          answer = await ask({ messages, sampleIndex, purpose: 'refine', ...passed }, plainly, onRequest);
        } catch (error) {
          if (!TextModelError.isInstance(error) || stopsRun(error)) throw error;
          const { failure, possiblyPaid } = error;
          return { kind: 'failed', failure, possiblyPaid, ...conclude() };
        }
        const { usage, cached, finishReason } = answer;
        const text = finishReason === 'length' ? undefined : readReply(answer.text);
        if (text === undefined) {
          answers.push({ text, guards: [], usage, cached });
          reasons = ['unreadable'];
          // Some servers take a schema and do not heed it.
          plainly = structured === 'auto';
          // With the same request the same answer may come out of a store.
          earlier.push({ text: answer.text.slice(0, limit), details: ['Expected one sentence, received none.'] });
          continue;
        }
        const reports = await runGuards(
          guards,
          { pattern, parent: expression, text, language: domain.language, context },
          passed,
        );
        answers.push({ text, guards: reports, usage, cached });
        const rejected = reports.filter((report) => report.status === 'rejected');
        if (rejected.length > 0) {
          reasons = [...new Set(rejected.map(({ reason }) => reason))];
          earlier.push({ text, details: rejected.map(({ detail }) => detail) });
          continue;
        }
        const child = createChild(pattern, expression, text);
        if (typeof child !== 'string') return { kind: 'refined', expression: child, guards: reports, ...conclude() };
        reasons = ['slots'];
        earlier.push({ text, details: [child] });
      }
      return { kind: 'rejected', reasons, ...conclude() };
    },
  };
}

/** The parent with another sentence; a message where no prompt could be made of it. */
function createChild(pattern: Pattern, parent: Expression, template: string): Expression | string {
  const { neutral: _neutral, retired: _retired, ...fields } = parent;
  const ids = new Set(pattern.expressions.map(({ id }) => id));
  let number = 1;
  while (ids.has(`${parent.id}~${number}`)) number++;
  const child: Expression = { ...fields, id: `${parent.id}~${number}`, template, parent: parent.id };
  try {
    extendPattern(pattern, [child]);
  } catch (error) {
    if (hasCode(error, 'PATTERN')) return (error as Error).message;
    throw error;
  }
  return child;
}

/** No later call would survive either. */
const stopsRun = ({ failure }: TextModelError): boolean => failure === 'aborted' || failure === 'authentication';

/** A model without structured output, or a provider that does not know the schema. */
function refusesSchema(error: unknown): boolean {
  return hasCode(error, 'INVALID_ARGUMENT') || (TextModelError.isInstance(error) && error.failure === 'bad-request');
}

const hasCode = (error: unknown, code: string): boolean => RppError.isInstance(error) && error.code === code;

function assertRequest({ pattern, expression }: RefineRequest): void {
  if (!pattern.expressions.some(({ id }) => id === expression.id)) {
    const known = pattern.expressions.map(({ id }) => id).join(', ');
    throw new InvalidArgumentError('expression', `one of the pattern ${pattern.name} (${known})`, expression.id);
  }
  if (expression.template.trim() === '') {
    throw new InvalidArgumentError(
      'expression',
      'one that says something',
      expression.id,
      'It has no sentence to refine.',
    );
  }
}

function assertGuards(guards: readonly Guard[]): void {
  const names = guards.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new InvalidArgumentError('guards', 'guards of different names', twice);
}

function assertCount(argument: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new InvalidArgumentError(argument, 'a positive integer', value);
}
