export { type Estimate, type RenderEstimateOptions, renderEstimate } from './render-estimate.ts';
export { wrapText } from './wrap-text.ts';
export { type ColumnAlignment, type RenderTableOptions, renderTable, type Table } from './render-table.ts';
