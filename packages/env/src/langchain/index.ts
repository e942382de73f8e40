export {
  fromLangChain,
  type FromLangChainOptions,
  type LangChainModel,
} from './from-langchain.ts';
export {
  fromLangChainEmbeddings,
  type FromLangChainEmbeddingsOptions,
  type LangChainEmbeddings,
} from './from-langchain-embeddings.ts';
export type { StructuredOutputOptions } from './structured-output.ts';
