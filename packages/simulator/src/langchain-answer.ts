import { AIMessage, AIMessageChunk, type StandardMessageStructure, type UsageMetadata } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import type { SimulatedAnswer } from './answering/answer-sampler.ts';
import { isSchema } from './answering/json-schema.ts';
import { splitText } from './answering/split-text.ts';

/** An answer and what LangChain says beside it. */
export interface LangChainAnswer extends SimulatedAnswer {
  readonly modelName: string;
  readonly callId: string;
  /** The tool that is called with the text as its arguments; absent: the text is the answer. */
  readonly tool: string | undefined;
}

/** The answer as callbacks and chains receive it. */
export function createChatResult(answer: LangChainAnswer): ChatResult {
  const message = createAnswerMessage(answer);
  const {
    input_tokens: promptTokens,
    output_tokens: completionTokens,
    total_tokens: totalTokens,
  } = createUsage(answer);
  return {
    generations: [{ text: message.text, message, generationInfo: createMetadata(answer) }],
    llmOutput: { tokenUsage: { promptTokens, completionTokens, totalTokens } },
  };
}

/** One message; arguments that are no JSON object become an invalid tool call. */
function createAnswerMessage(answer: LangChainAnswer): AIMessage<StandardMessageStructure> {
  const { text, tool, callId: id } = answer;
  const rest = { usage_metadata: createUsage(answer), response_metadata: createMetadata(answer) };
  if (tool === undefined) return new AIMessage<StandardMessageStructure>({ content: text, ...rest });
  const args = readArguments(text);
  return new AIMessage<StandardMessageStructure>({
    content: '',
    ...rest,
    ...(args === undefined
      ? {
          invalid_tool_calls: [
            { type: 'invalid_tool_call', name: tool, args: text, id, error: 'Expected a JSON object.' },
          ],
        }
      : { tool_calls: [{ type: 'tool_call', name: tool, args, id }] }),
  });
}

/** The same in pieces; the last one holds the usage and the reason of the end. */
export function* createAnswerChunks(answer: LangChainAnswer): Generator<ChatGenerationChunk> {
  const { text, tool, callId: id } = answer;
  const pieces = splitText(text);
  if (tool !== undefined) yield createChunk({ name: tool, id, args: '' });
  for (const piece of pieces) yield createChunk(tool === undefined ? piece : { args: piece });
  yield new ChatGenerationChunk({
    text: '',
    message: new AIMessageChunk<StandardMessageStructure>({
      content: '',
      usage_metadata: createUsage(answer),
      response_metadata: createMetadata(answer),
    }),
  });
}

function createChunk(
  part: string | { readonly name?: string; readonly id?: string; readonly args: string },
): ChatGenerationChunk {
  if (typeof part === 'string') {
    return new ChatGenerationChunk({ text: part, message: new AIMessageChunk({ content: part }) });
  }
  const call = { type: 'tool_call_chunk' as const, index: 0, ...part };
  return new ChatGenerationChunk({ text: '', message: new AIMessageChunk({ content: '', tool_call_chunks: [call] }) });
}

function createUsage({ inputTokens, outputTokens }: LangChainAnswer): UsageMetadata {
  return { input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: inputTokens + outputTokens };
}

function createMetadata({ finishReason, tool, modelName }: LangChainAnswer): Record<string, unknown> {
  const finish = tool !== undefined && finishReason === 'stop' ? 'tool_calls' : finishReason;
  return { finish_reason: finish, model_name: modelName };
}

function readArguments(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isSchema(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
