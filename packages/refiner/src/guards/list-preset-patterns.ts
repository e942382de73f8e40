import {
  createPatterns,
  type Expression,
  extendPattern,
  type Pattern,
  structuredFormatExpression,
  structuredFormatExpressionZh,
} from '@rppkit/patterns';

/** The patterns of both presets, the structured format among their expressions. */
export function listPresetPatterns(language: 'en' | 'zh'): readonly Pattern[] {
  const structured: Expression = language === 'en' ? structuredFormatExpression : structuredFormatExpressionZh;
  return (['default', 'reference'] as const).flatMap((preset) =>
    createPatterns({ preset, language }).map((pattern) =>
      pattern.section === 'format' ? extendPattern(pattern, [structured]) : pattern,
    ),
  );
}
