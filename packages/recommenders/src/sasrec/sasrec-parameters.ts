/** Sizes of a SASRec network. */
export interface SasrecSizes {
  /** Number of items it scores. */
  readonly items: number;
  /** Positions of a sequence. */
  readonly maximumLength: number;
  /** Length of every vector. */
  readonly dimensions: number;
  /** Attention blocks. */
  readonly blocks: number;
  /** Attention heads of a block; divides `dimensions`. */
  readonly heads: number;
}

/** Parameters of a block, matrices `[inputs, outputs]` row by row. */
interface SasrecBlock<Values = Float32Array> {
  /** Layer normalisation before the attention, `[dimensions]` each. */
  readonly attentionScale: Values;
  readonly attentionShift: Values;
  /** `[dimensions, dimensions]` each. */
  readonly query: Values;
  readonly key: Values;
  readonly value: Values;
  /** Layer normalisation before the position-wise network, `[dimensions]` each. */
  readonly networkScale: Values;
  readonly networkShift: Values;
  /** Position-wise network: `[dimensions, dimensions]` and `[dimensions]`, twice. */
  readonly inner: Values;
  readonly innerBias: Values;
  readonly outer: Values;
  readonly outerBias: Values;
}

/** Everything that SASRec learns; `Values` is `Float32Array` or a tensor. */
export interface SasrecParameters<Values = Float32Array> {
  /** `[items, dimensions]`, for input and output. */
  readonly items: Values;
  /** `[maximumLength, dimensions]`; the last row belongs to the newest item. */
  readonly positions: Values;
  readonly blocks: readonly SasrecBlock<Values>[];
  /** Layer normalisation at the end, `[dimensions]` each. */
  readonly scale: Values;
  readonly shift: Values;
}

/** What `createSasrecParameters` asks for: the name of an array of parameters, unique in the network, and its shape. */
export type CreateParameter<Values> = (name: string, shape: readonly [number] | readonly [number, number]) => Values;

/** All parameters of a network of these sizes, in a fixed order, each made by `create`. */
export function createSasrecParameters<Values>(
  { items, maximumLength, dimensions, blocks }: SasrecSizes,
  create: CreateParameter<Values>,
): SasrecParameters<Values> {
  return {
    items: create('items', [items, dimensions]),
    positions: create('positions', [maximumLength, dimensions]),
    blocks: Array.from({ length: blocks }, (_, block) => {
      const vector = (name: string): Values => create(`blocks.${block}.${name}`, [dimensions]);
      const matrix = (name: string): Values => create(`blocks.${block}.${name}`, [dimensions, dimensions]);
      return {
        attentionScale: vector('attentionScale'),
        attentionShift: vector('attentionShift'),
        query: matrix('query'),
        key: matrix('key'),
        value: matrix('value'),
        networkScale: vector('networkScale'),
        networkShift: vector('networkShift'),
        inner: matrix('inner'),
        innerBias: vector('innerBias'),
        outer: matrix('outer'),
        outerBias: vector('outerBias'),
      };
    }),
    scale: create('scale', [dimensions]),
    shift: create('shift', [dimensions]),
  };
}
