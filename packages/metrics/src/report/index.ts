// Comparisons
export type { SystemValues } from './aligned-values.ts';
export { type CompareOptions, compare } from './compare.ts';
export type { ComparedPair, ComparedResult, ComparedSystem, Comparison } from './comparison.ts';
export type { RenderComparisonOptions } from './comparison-cells.ts';
export { type RenderComparisonCsvOptions, renderComparisonCsv } from './render-comparison-csv.ts';
export { renderComparisonHtml } from './render-comparison-html.ts';
export { renderComparisonJson } from './render-comparison-json.ts';
export { type RenderComparisonLatexOptions, renderComparisonLatex } from './render-comparison-latex.ts';
export { renderComparisonMarkdown } from './render-comparison-markdown.ts';
export { type RenderComparisonTextOptions, renderComparisonText } from './render-comparison-text.ts';

// Texts for terminals
export { cleanText } from './clean-text.ts';
export { computeDisplayWidth } from './display-width.ts';
export { type Estimate, type RenderEstimateOptions, renderEstimate } from './render-estimate.ts';
export { type ColumnAlignment, type RenderTableOptions, renderTable, type Table } from './render-table.ts';
export { wrapText } from './wrap-text.ts';
