import type { Attributes, Tracer } from '@opentelemetry/api';
import manifest from '../../package.json' with { type: 'json' };

/** Spans of a run. */
export interface Tracing {
  /** Does work inside a span, the parent of all that begins meanwhile; the span ends with it, as failed where it throws. */
  inSpan<Result>(
    name: string,
    attributes: Attributes,
    work: (setAttributes: (attributes: Attributes) => void) => Promise<Result>,
  ): Promise<Result>;
}

const noTracing: Tracing = { inSpan: (_name, _attributes, work) => work(() => {}) };

/**
 * Tracing through `@opentelemetry/api`, where that package is installed; else spans cost nothing. Whoever starts an OpenTelemetry
 * SDK gets them; without one the package drops them.
 */
export async function openTracing(): Promise<Tracing> {
  try {
    const { SpanStatusCode, trace } = await import('@opentelemetry/api');
    return createTracing(trace.getTracer('rppkit', manifest.version), SpanStatusCode.ERROR);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return noTracing;
    throw error;
  }
}

function createTracing(tracer: Tracer, failed: number): Tracing {
  return {
    inSpan: (name, attributes, work) =>
      tracer.startActiveSpan(name, { attributes }, async (span) => {
        try {
          return await work((later) => {
            span.setAttributes(later);
          });
        } catch (error) {
          // Its kind alone: a provider's message may quote a prompt.
          span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
          span.setStatus({ code: failed });
          throw error;
        } finally {
          span.end();
        }
      }),
  };
}
