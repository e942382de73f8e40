import { describe, expect, it } from 'vitest';
import { dropHedges } from './hedges.ts';

describe('dropHedges', () => {
  it.each([
    ['Perhaps follow my taste a little, if you like.', 'Follow my taste.'],
    ['You could perhaps sort {count:maybe one|perhaps #} by taste.', 'Sort {count:maybe one|perhaps #} by taste.'],
    ['If possible, let the latest count somewhat more.', 'Let the latest count more.'],
    ['Maybe think. Perhaps answer.', 'Think. Answer.'],
    ['Do not consider fame.', 'Do not consider fame.'],
    ['Look  at all of it.', 'Look  at all of it.'],
  ])('%s → %s', (hedged, plain) => {
    expect(dropHedges(hedged, 'en').replace(/,(?=\.$)/, '')).toBe(plain);
  });

  it.each([
    ['也许可以稍微按我的喜好排列{itemsNoun}。', '按我的喜好排列{itemsNoun}。'],
    ['如果你愿意的话，简短作答，或许不解释。', '简短作答，不解释。'],
    ['请按照喜好排列。', '请按照喜好排列。'],
  ])('%s → %s', (hedged, plain) => {
    expect(dropHedges(hedged, 'zh')).toBe(plain);
  });
});
