import { type TextModel, TextModelError } from '@rppkit/spec';
import type { Tracing } from './tracing.ts';

/**
 * A span for every request that reaches the model, named and described by the OpenTelemetry conventions for generative AI.
 * It holds counts and names, no text of prompts or answers.
 */
export function withSpans(model: TextModel, tracing: Tracing): TextModel {
  return {
    id: model.id,
    generate: (request) =>
      tracing.inSpan(
        `chat ${model.id}`,
        {
          'gen_ai.operation.name': 'chat',
          'gen_ai.request.model': model.id,
          'rppkit.purpose': request.purpose,
          'rppkit.sample_index': request.sampleIndex,
        },
        async (setAttributes) => {
          try {
            const response = await model.generate(request);
            const { usage, finishReason } = response;
            setAttributes({
              'gen_ai.usage.input_tokens': usage.inputTokens,
              'gen_ai.usage.output_tokens': usage.outputTokens,
              'gen_ai.response.finish_reasons': [finishReason],
            });
            return response;
          } catch (error) {
            if (TextModelError.isInstance(error)) setAttributes({ 'rppkit.failure': error.failure });
            throw error;
          }
        },
      ),
  };
}
