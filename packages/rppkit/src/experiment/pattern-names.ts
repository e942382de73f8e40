/** The patterns of the presets. */
export const patternNames = ['role', 'history', 'reasoning', 'format'] as const;

export type PatternName = (typeof patternNames)[number];
