import type { Activation } from '../agent-layers.ts';

/** One value through an activation. */
export function applyActivation(activation: Activation, value: number): number {
  switch (activation) {
    case 'relu':
      return Math.max(0, value);
    case 'tanh':
      return Math.tanh(value);
    case 'square':
      return value * value;
    case 'none':
      return value;
  }
}
