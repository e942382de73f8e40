import type { Item } from '@rppkit/spec';

/** A manner in which a model writes a ranking. */
export type Manner = (order: readonly number[], candidates: readonly Item[]) => string;

const titles = (order: readonly number[], candidates: readonly Item[]): string[] =>
  order.map((candidate) => candidates[candidate]!.title);
const lines = (texts: readonly string[], line: (text: string, rank: number) => string): string =>
  texts.map((text, at) => line(text, at + 1)).join('\n');

/** Twelve manners, six of titles and six of numbers from 1. */
export const manners: Readonly<
  Record<string, { readonly answer: 'titles' | 'indices' | 'schema'; readonly render: Manner }>
> = {
  numbered: {
    answer: 'titles',
    render: (order, items) => lines(titles(order, items), (title, rank) => `${rank}. ${title}`),
  },
  'bold with reasons': {
    answer: 'titles',
    render: (order, items) =>
      `Here is my ranking:\n\n${lines(titles(order, items), (title, rank) => `${rank}. **${title}** – it fits`)}\n\nEnjoy!`,
  },
  bullets: { answer: 'titles', render: (order, items) => lines(titles(order, items), (title) => `- ${title}`) },
  'JSON of titles': { answer: 'titles', render: (order, items) => JSON.stringify(titles(order, items)) },
  table: {
    answer: 'titles',
    render: (order, items) =>
      `| Rank | Title |\n|---|---|\n${lines(titles(order, items), (title, rank) => `| ${rank} | ${title} |`)}`,
  },
  'JSON of objects': {
    answer: 'titles',
    render: (order, items) =>
      `\`\`\`json\n${JSON.stringify({ result: titles(order, items).map((title, at) => ({ rank: at + 1, title })) }, null, 2)}\n\`\`\``,
  },
  chain: { answer: 'indices', render: (order) => order.map((candidate) => `[${candidate + 1}]`).join(' > ') },
  commas: { answer: 'indices', render: (order) => `Ranking: ${order.map((candidate) => candidate + 1).join(', ')}` },
  'lines of the prompt': {
    answer: 'indices',
    render: (order, items) => order.map((candidate) => `[${candidate + 1}] ${items[candidate]!.title}`).join('\n'),
  },
  'ranks and numbers': {
    answer: 'indices',
    render: (order) => order.map((candidate, at) => `${at + 1}. [${candidate + 1}]`).join('\n'),
  },
  schema: { answer: 'schema', render: (order) => JSON.stringify({ ranking: order.map((candidate) => candidate + 1) }) },
  Chinese: {
    answer: 'indices',
    render: (order) => `排序如下：${order.map((candidate) => `候选${candidate + 1}`).join('、')}。`,
  },
};
