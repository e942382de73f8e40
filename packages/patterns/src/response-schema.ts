/**
 * The JSON schema of an answer in candidate numbers, `{ ranking: number[] }`: `count` distinct integers from `firstIndex`
 * on. It keeps to what the strict modes of providers take, which leave out lengths and `uniqueItems`: the numbers are an
 * `enum`, and that each stands once is a description. The parser counts what an answer repeats or leaves out.
 */
export function createResponseSchema(count: number, firstIndex: 0 | 1): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    properties: {
      ranking: {
        type: 'array',
        description: `All ${count} candidate numbers, the best first, each exactly once.`,
        items: { type: 'integer', enum: Array.from({ length: count }, (_, index) => firstIndex + index) },
      },
    },
    required: ['ranking'],
    additionalProperties: false,
  };
}
