import type { RankingTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { composePrompt } from './compose-prompt.ts';
import { defaultPatterns } from './default-patterns.ts';
import { movies } from './domains.ts';
import { createPatternSpace } from './pattern-space.ts';

const task: RankingTask = {
  id: 'task',
  user: 'u',
  history: ['Old', 'Middle', 'Recent'].map((title, index) => ({ item: { id: `h${index}`, title } })),
  candidates: [
    { id: 'a', title: 'Alpha (1999)' },
    { id: 'b', title: 'Beta' },
  ],
};

describe('phrases', () => {
  it('speaks another language with all phrases given', () => {
    const german = createPatternSpace({
      domain: {
        name: 'filme',
        language: 'de',
        itemNoun: 'Film',
        itemsNoun: 'Filme',
        interactedVerb: 'gesehen',
        interactVerb: 'sehen',
        field: 'Kino',
      },
      patterns: [
        {
          name: 'verlauf',
          section: 'history',
          records: { ratings: true, timeGaps: true },
          expressions: [
            {
              id: 'w',
              perspective: '',
              template: '{anItem}: Zuletzt gesehen habe ich {historyCount:diesen|diese #} {historyItems}{orderPhrase}:',
              window: 2,
            },
          ],
        },
        {
          name: 'form',
          section: 'format',
          expressions: [{ id: 'f', perspective: '', template: 'Ordne alle für ein {service}.', answer: 'indices' }],
        },
      ],
      phrases: {
        candidatesHeading: '{count:Der einzige Kandidat|Die # Kandidaten}:',
        emptyHistory: 'Ich habe noch keine {itemsNoun} {interactedParticiple}.',
        oldestFirst: ', den ältesten zuerst',
        recentFirst: ', den neuesten zuerst',
        service: 'Portal für {field}',
        rating: 'Note {rating}',
        attribute: '{name}: {values}',
        valueSeparator: ', ',
        details: ' [{details}]',
        detailSeparator: '; ',
        sameDay: 'am selben Tag',
        days: '{amount:einen Tag|# Tage}',
        weeks: '{amount} Wochen',
        months: '{amount} Monate',
        years: '{amount} Jahre',
        later: '{gap} später',
        earlier: '{gap} früher',
      },
    });
    const [, middle, recent] = task.history;
    const dated = {
      ...task,
      history: [
        { ...middle!, time: 0 },
        { ...recent!, rating: 2, time: 86_400 },
      ],
    };
    expect(composePrompt(german, [0, 0], dated).text).toMatchInlineSnapshot(`
      "Film: Zuletzt gesehen habe ich diese 2 Filme, den ältesten zuerst:
      1. Middle
      2. Recent [Note 2; einen Tag später]

      Die 2 Kandidaten:
      [1] Alpha (1999)
      [2] Beta

      Ordne alle für ein Portal für Kino."
    `);
  });

  it('leaves out an empty heading of the candidates', () => {
    const bare = createPatternSpace({ domain: movies, patterns: defaultPatterns, phrases: { candidatesHeading: '' } });
    expect(composePrompt(bare, [0, 0, 0, 0], task).text).toContain('2. Recent\n\n[1] Alpha (1999)\n[2] Beta');
  });
});
