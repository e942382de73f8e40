import type { AgentNetwork, DenseLayer } from '@rppkit/policy';
import type { FeatureLayout } from './feature-layout.ts';

/**
 * The linear functions of every action as one network an agent. With squares a first layer writes (x + 1)^2 and (x - 1)^2
 * for every observation value x; a quarter of their difference is x, half of their sum less 2 is x^2 - 1.
 */
export function exportLinearNetworks(
  agents: readonly string[],
  layout: FeatureLayout,
  weights: Float64Array,
  squares: boolean,
): readonly AgentNetwork[] {
  const inputs = (layout.contextSize - 1) / (squares ? 2 : 1);
  return agents.map((name, agent) => {
    const outputs = layout.counts[agent]!;
    const width = squares ? 2 * inputs : inputs;
    const kernel = new Float32Array(width * outputs);
    const bias = new Float32Array(outputs);
    for (let action = 0; action < outputs; action++) {
      const block = layout.getBlock(agent, action);
      let constant = weights[block]!;
      for (let index = 0; index < inputs; index++) {
        const linear = weights[block + 1 + index]!;
        if (!squares) {
          kernel[index * outputs + action] = linear;
          continue;
        }
        const square = weights[block + 1 + inputs + index]!;
        kernel[index * outputs + action] = square / 2 + linear / 4;
        kernel[(inputs + index) * outputs + action] = square / 2 - linear / 4;
        constant -= 2 * square;
      }
      bias[action] = constant;
    }
    const last: DenseLayer = { kind: 'dense', inputs: width, outputs, activation: 'none', kernel, bias };
    return { name, layers: squares ? [createSquareLayer(inputs), last] : [last] };
  });
}

function createSquareLayer(inputs: number): DenseLayer {
  const outputs = 2 * inputs;
  const kernel = new Float32Array(inputs * outputs);
  const bias = new Float32Array(outputs).fill(1, 0, inputs).fill(-1, inputs);
  for (let index = 0; index < inputs; index++) {
    kernel[index * outputs + index] = 1;
    kernel[index * outputs + inputs + index] = 1;
  }
  return { kind: 'dense', inputs, outputs, activation: 'square', kernel, bias };
}
