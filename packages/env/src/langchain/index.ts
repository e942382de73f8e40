export { fromLangChain, type FromLangChainOptions, type LangChainChatModel } from './from-langchain.ts';
