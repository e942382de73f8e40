/**
 * The JSON schema of an answer in candidate numbers, `{ ranking: number[] }`: `count` distinct integers from `firstIndex`
 * on.
 */
export function createResponseSchema(count: number, firstIndex: 0 | 1): Readonly<Record<string, unknown>> {
  return {
    type: 'object',
    properties: {
      ranking: {
        type: 'array',
        items: { type: 'integer', minimum: firstIndex, maximum: firstIndex + count - 1 },
        minItems: count,
        maxItems: count,
        uniqueItems: true,
      },
    },
    required: ['ranking'],
    additionalProperties: false,
  };
}
