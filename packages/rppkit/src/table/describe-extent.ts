import type { ResponseTableManifest } from '@rppkit/search';

/** What a table holds, in words. */
export function describeExtent({
  tasks,
  actions,
  orders,
  draws,
}: Pick<ResponseTableManifest, 'tasks' | 'actions' | 'orders' | 'draws'>): string {
  const count = (value: number, noun: string): string =>
    `${value.toLocaleString('en-US')} ${noun}${value === 1 ? '' : 's'}`;
  return `${count(tasks.length, 'user')} × ${count(actions.length, 'prompt')} × ${count(orders, 'order')} × ${count(draws, 'draw')}`;
}
