// SASRec, trained with TensorFlow.js; loading and serving need only the main entry
export { createSasrec, type SasrecOptions } from './create-sasrec.ts';
