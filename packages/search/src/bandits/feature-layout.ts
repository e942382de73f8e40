/** A feature is one of a constant of an action, a context weight of an action, or the constant of a pair of actions. */
type FeatureKind = 'constant' | 'context' | 'pair';

/** Where new features lie after a widening: `source[i]` is the parent of feature `size - source.length + i`. */
export interface WidenedFeatures {
  readonly source: Int32Array;
}

/**
 * Numbers the features of joint actions: `contextSize` for every action of every agent, one for every pair of actions of
 * two agents. New actions are numbered behind all others, so that statistics only grow at their end.
 */
export interface FeatureLayout {
  readonly contextSize: number;
  readonly counts: readonly number[];
  /** Features in all. */
  readonly size: number;
  readonly joint: number;
  /** First feature of an action's context weights. */
  getBlock(agent: number, action: number): number;
  readonly pairs: readonly { readonly first: number; readonly second: number; readonly features: Int32Array }[];
  getKind(feature: number): FeatureKind;
  widen(agent: number, parent: number): WidenedFeatures;
}

export function createFeatureLayout(
  actionCounts: readonly number[],
  { contextSize, pairs: withPairs }: { readonly contextSize: number; readonly pairs: boolean },
): FeatureLayout {
  const kinds: FeatureKind[] = [];
  const addBlock = (): number => {
    const start = kinds.length;
    for (let index = 0; index < contextSize; index++) kinds.push(index === 0 ? 'constant' : 'context');
    return start;
  };
  const addPair = (): number => kinds.push('pair') - 1;
  const blocks = actionCounts.map((count) => Array.from({ length: count }, addBlock));
  let pairs = !withPairs
    ? []
    : actionCounts.flatMap((left, first) =>
        actionCounts.slice(first + 1).map((right, behind) => ({
          first,
          second: first + 1 + behind,
          features: Int32Array.from({ length: left * right }, addPair),
        })),
      );
  return {
    contextSize,
    get counts() {
      return blocks.map((own) => own.length);
    },
    get size() {
      return kinds.length;
    },
    get joint() {
      return blocks.reduce((product, own) => product * own.length, 1);
    },
    getBlock: (agent, action) => blocks[agent]![action]!,
    get pairs() {
      return pairs;
    },
    getKind: (feature) => kinds[feature]!,
    widen(agent, parent) {
      const source: number[] = [];
      const parentBlock = blocks[agent]![parent]!;
      blocks[agent]!.push(addBlock());
      for (let index = 0; index < contextSize; index++) source.push(parentBlock + index);
      pairs = pairs.map((pair) => {
        const { first, second, features } = pair;
        if (first !== agent && second !== agent) return pair;
        const columns = blocks[second]!.length - (second === agent ? 1 : 0);
        const rows = features.length / columns;
        const add = (feature: number): number => {
          source.push(feature);
          return addPair();
        };
        if (first === agent) {
          const added = features.slice(parent * columns, (parent + 1) * columns).map(add);
          return { first, second, features: Int32Array.of(...features, ...added) };
        }
        const widened = new Int32Array(rows * (columns + 1));
        for (let row = 0; row < rows; row++) {
          widened.set(features.subarray(row * columns, (row + 1) * columns), row * (columns + 1));
          widened[row * (columns + 1) + columns] = add(features[row * columns + parent]!);
        }
        return { first, second, features: widened };
      });
      return { source: Int32Array.from(source) };
    },
  };
}
