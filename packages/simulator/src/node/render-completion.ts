import type { SimulatedAnswer } from '../answering/answer-sampler.ts';
import { splitText } from '../answering/split-text.ts';

/** The answers to one chat request. */
export interface Completion {
  /** Names the completion and its calls of tools. */
  readonly id: string;
  readonly model: string;
  /** The tool that is called with each answer; absent: the answers are text. */
  readonly tool: string | undefined;
  readonly answers: readonly SimulatedAnswer[];
}

/** A completion as OpenAI's JSON. It holds no time and no chance: equal requests give equal bytes. */
export function renderCompletion({ id, model, tool, answers }: Completion): string {
  return JSON.stringify({
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: 0,
    model,
    choices: answers.map((answer, index) => ({
      index,
      message: {
        role: 'assistant',
        content: tool === undefined ? answer.text : null,
        refusal: null,
        ...(tool !== undefined && {
          tool_calls: [
            { id: `call_${id}_${index}`, type: 'function', function: { name: tool, arguments: answer.text } },
          ],
        }),
      },
      logprobs: null,
      finish_reason: findFinishReason(answer, tool),
    })),
    usage: sumUsage(answers),
  });
}

/** The same as server-sent events, piece by piece; with `usage` an event of its own before the end. */
export function renderEvents({ id, model, tool, answers }: Completion, usage: boolean): string {
  const events: string[] = [];
  const send = (choices: readonly object[], rest: object = {}): void => {
    const chunk = { id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created: 0, model, choices, ...rest };
    events.push(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  answers.forEach((answer, index) => {
    const sendDelta = (delta: object, finish: string | null = null): void =>
      send([{ index, delta, logprobs: null, finish_reason: finish }], usage ? { usage: null } : {});
    if (tool === undefined) {
      sendDelta({ role: 'assistant', content: '', refusal: null });
      for (const content of splitText(answer.text)) sendDelta({ content });
    } else {
      const call = {
        index: 0,
        id: `call_${id}_${index}`,
        type: 'function',
        function: { name: tool, arguments: '' },
      };
      sendDelta({ role: 'assistant', content: null, tool_calls: [call] });
      for (const piece of splitText(answer.text))
        sendDelta({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
    }
    sendDelta({}, findFinishReason(answer, tool));
  });
  if (usage) send([], { usage: sumUsage(answers) });
  return `${events.join('')}data: [DONE]\n\n`;
}

function findFinishReason({ finishReason }: SimulatedAnswer, tool: string | undefined): string {
  return tool !== undefined && finishReason === 'stop' ? 'tool_calls' : finishReason;
}

/** The prompt is paid for once. */
function sumUsage(answers: readonly SimulatedAnswer[]): object {
  const prompt = answers[0]?.inputTokens ?? 0;
  const completion = answers.reduce((sum, { outputTokens }) => sum + outputTokens, 0);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}
