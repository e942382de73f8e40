import { createPatterns, definePattern } from '@rppkit/patterns';
import { describe, expect, it } from 'vitest';
import { createBeNewGuard } from './be-new.ts';
import { getFinding } from './find-expression.fixture.ts';

const guard = createBeNewGuard();
const pattern = definePattern({
  name: 'reasoning',
  section: 'reasoning',
  expressions: [
    { id: 'a', perspective: 'a', template: 'Order the candidates.' },
    { id: 'b', perspective: 'b', template: 'Rank the candidates by taste.' },
    { id: 'c', perspective: 'c', template: '按口味排列候选。', retired: true },
    { id: 'd', perspective: 'd', template: '' },
  ],
});
const find = (text: string) => {
  const parent = pattern.expressions[0]!;
  return getFinding(guard.check({ pattern, parent, text, language: 'en', context: [] }));
};

describe('be-new', () => {
  it('rejects what another expression says, a retired one too', () => {
    expect(find('please, rank the candidates by TASTE')).toBe('duplicate');
    expect(find('请按口味排列候选')).toBe('duplicate');
    expect(find(' … ')).toBe('duplicate');
  });

  it('passes what is new, and leaves the parent itself to another guard', () => {
    expect(find('Rank the candidates by mood.')).toBe('passed');
    expect(find('Order the candidates!')).toBe('passed');
  });

  it('knows what stands below a history list', () => {
    for (const kind of ['recency-focused', 'similar-users'] as const) {
      const [, history] = createPatterns({ history: kind });
      const parent = history.expressions[0]!;
      const text = parent.closing ?? parent.examples!.heading;
      expect(getFinding(guard.check({ pattern: history, parent, text, language: 'en', context: [] }))).toBe(
        'duplicate',
      );
    }
  });
});
