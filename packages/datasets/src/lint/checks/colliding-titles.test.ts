import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('colliding-titles: titles that read alike in one task', () => {
  const titles = { c: 'Solaris ', d: 'SOLARIS!', e: 'Stalker', f: '???', g: ' ???', h: '!!!', i: 'Ｓolaris' };
  const report = [
    createExampleTask({ id: 'case', candidates: ['e', 'c', 'd'], titles }),
    createExampleTask({ id: 'symbols', candidates: ['f', 'e', 'g'], titles }),
    createExampleTask({ id: 'width', candidates: ['i', 'h', 'c'], titles }),
    createExampleTask({ id: 'clean', candidates: ['c', 'f', 'h'], titles }),
  ];
  expect(lint({ report })).toEqual([
    expect.objectContaining({
      code: 'colliding-titles',
      severity: 'warning',
      message:
        'Expected titles that differ by more than case and punctuation, received 3 of 4 tasks with colliding ones, first c "Solaris " and d "SOLARIS!".',
      count: 3,
      examples: ['case', 'symbols', 'width'],
    }),
  ]);
});

it('colliding-titles: one item twice is another finding', () => {
  expect(lint({ report: [createExampleTask({ candidates: ['c', 'c', 'd'] })] }).map(({ code }) => code)).toEqual([
    'duplicate-candidates',
  ]);
});
