import { describe, expect, it } from 'vitest';
import { readPrompt } from './read-prompt.ts';

const history =
  'These are the 2 movies I watched most recently, the oldest first:\n1. The Bell (1990)\n2. 2 Swans (1991)';
const candidates =
  'These are 3 candidate movies for what I watch next:\n[1] The Map (1992)\n[2] 1. The List (1993)\n[3] Echo (1994)';
const nothingKnown = (): boolean => false;
const read = (...parts: string[]): ReturnType<typeof readPrompt> =>
  readPrompt([{ role: 'user', text: parts.join('\n\n') }], nothingKnown);
const guidance = (sentence: string): ReturnType<typeof readPrompt>['guidance'] =>
  read(history, candidates, sentence).guidance;

describe('readPrompt', () => {
  it('finds history and candidates', () => {
    const reading = read(history, candidates, 'Put them in order.');
    expect(reading.history).toEqual(['The Bell (1990)', '2 Swans (1991)']);
    expect(reading.candidates).toEqual(['The Map (1992)', '1. The List (1993)', 'Echo (1994)']);
    expect(reading.labels).toEqual(['1', '2', '3']);
  });

  it('takes no guidance from the headings of lists', () => {
    expect(read(history, candidates, 'Put them in order.').guidance).toMatchObject({
      recency: 0,
      overall: 0,
      taste: 0,
    });
  });

  it('reads a history with the newest first backwards', () => {
    const reading = read('What I watched, the most recent one first:\n1. New\n2. Old', candidates);
    expect(reading.history).toEqual(['Old', 'New']);
  });

  it('tells an example of the answer from a list of titles, and keeps its heading as guidance', () => {
    const reading = read(
      history,
      candidates,
      'Write all 3 titles exactly in this shape:\n1. <title of the best candidate>\n2. <title of the next>\nand so on.',
    );
    expect(reading.candidates).toHaveLength(3);
    expect(reading.history).toHaveLength(2);
    expect(reading.guidance.explicitness).toBeGreaterThan(0.6);
    expect(reading.guidance.explicitness).toBeGreaterThan(guidance('Write a list of titles.').explicitness);
  });

  const strange = {
    history: ['Item 7', 'Movie 12'],
    candidates: ['[REC]', 'Film A', '(Untitled)'],
    text: [
      'These are the movies I watched:\n1. Item 7\n2. Movie 12',
      'These are the candidate movies:\n[1] [REC]\n[2] Film A\n[3] (Untitled)',
    ],
  };
  const shape = 'Write all titles in this shape:\n1. <title of the best candidate>\n2. ...';

  it.each(['Put them in order.', shape])('takes no list of known titles for an example: %s', (format) => {
    const known = new Set([...strange.history, ...strange.candidates]);
    const text = [...strange.text, format].join('\n\n');
    const reading = readPrompt([{ role: 'user', text }], (title) => known.has(title));
    expect([reading.history, reading.candidates]).toEqual([strange.history, strange.candidates]);
  });

  it.each(['Put them in order.', shape])('takes words for titles where no other list is left: %s', (format) => {
    const reading = read(...strange.text, format);
    expect([reading.history, reading.candidates]).toEqual([strange.history, strange.candidates]);
  });

  it('takes words that are no titles for an example beside lists of titles', () => {
    const example = 'Write the candidates like this:\n1. Title A\n2. [title]\n3. …';
    const reading = read('I have not watched any movies yet.', candidates, example);
    expect(reading.history).toEqual([]);
    expect(reading.candidates).toHaveLength(3);
    expect(reading.guidance).toEqual(
      read('None.', candidates, example.replaceAll(/Title A|\[title\]/g, '<title>')).guidance,
    );
  });

  it('manages without a history and without candidates', () => {
    expect(read('I have not watched any movies yet.', candidates)).toMatchObject({
      history: [],
      labels: ['1', '2', '3'],
    });
    expect(read('Hello.')).toMatchObject({ history: [], candidates: [] });
  });

  it('reads a role wherever it stands', () => {
    const role = 'You are a film critic who looks for hidden gems.';
    const system = readPrompt(
      [
        { role: 'system', text: role },
        { role: 'user', text: `${history}\n\n${candidates}` },
      ],
      nothingKnown,
    );
    expect(system.guidance.niche).toBeGreaterThan(0.5);
    expect(read(role, history, candidates).guidance).toEqual(system.guidance);
  });

  it.each([
    ['Let my latest movies decide.', 'recency'],
    ['My mood has changed lately; follow it.', 'recency'],
    ['Consider the whole list, not one part of it.', 'overall'],
    ['Judge by my lasting, general likings.', 'overall'],
    ['Rank by how well they suit my personal taste.', 'taste'],
    ['You know the blockbusters that everyone talks about.', 'popularity'],
    ['You are a connoisseur of overlooked cinema.', 'niche'],
    ['Reason it through step by step.', 'deliberation'],
    ['Keep it short.', 'brevity'],
    ['Give no explanation.', 'brevity'],
  ] as const)('%s → %s', (sentence, concept) => {
    expect(guidance(sentence)[concept]).toBeGreaterThanOrEqual(0.35);
  });

  it('adds cues up as independent chances: 0.6 for "latest" and 0.3 for "mood" make 0.72', () => {
    expect(guidance('Follow the latest mood.').recency).toBeCloseTo(0.72, 12);
  });

  it('turns a denied concept around', () => {
    expect(guidance('It does not matter how famous a movie is.').popularity).toBeLessThan(-0.5);
    expect(guidance('Rank by taste rather than by fame.').popularity).toBeLessThan(0);
    expect(guidance('Do not let my most recent movies mislead you.')).toMatchObject({ recency: 0 });
    expect(guidance('Do not let my most recent movies mislead you.').overall).toBeGreaterThan(0.5);
    expect(guidance('Show no intermediate steps.').deliberation).toBe(0);
  });

  it('tells an answer in numbers from one in titles', () => {
    expect(guidance('Answer in the form [B] > [C] > [A].').answer).toEqual({ content: 'indices', shape: 'line' });
    expect(guidance('Answer with the indices of the candidates.').answer).toEqual({
      content: 'indices',
      shape: 'line',
    });
    expect(guidance('Write a numbered list with the titles of all 3 candidates.').answer).toEqual({
      content: 'titles',
      shape: 'list',
    });
  });

  it('reads lists in Chinese, the newest first, with ratings and times', () => {
    const reading = read(
      '这是我最近看过的 2 部电影，从新到旧排列：\n1. 新（评分 3.5；比上一条早 1 天）\n2. 旧（tags：a、b）',
      '以下是备选：\n（1）甲\n（2）乙',
      '请简短。',
    );
    expect(reading).toMatchObject({ history: ['旧', '新'], candidates: ['甲', '乙'], labels: ['1', '2'] });
    expect(reading.guidance).toMatchObject({ brevity: 0.5, recency: 0, language: 'zh' });
  });

  it.each(['0. A\n1. B', '[0] A\n[1] B', '0) A\n1) B'])('keeps labels from 0: %j', (list) => {
    expect(read(history, `Choose from these candidates:\n${list}`).labels).toEqual(['0', '1']);
  });

  it('reads titles in the run of a line where it knows them', () => {
    const known = new Set(['Heat', 'Alien', 'Up', 'Her']);
    const text = 'I watched: Heat, Alien. Candidates: ["Up", "Her"]. Be brief.';
    const reading = readPrompt([{ role: 'user', text }], (title) => known.has(title));
    expect(reading).toMatchObject({ history: ['Heat', 'Alien'], candidates: ['Up', 'Her'] });
    expect(reading.guidance.brevity).toBe(0.5);
  });

  it('takes guidance from lists of rules', () => {
    const rules = read(history, candidates, 'Rules:\n- Be brief\n- Rank by my taste');
    expect(rules.guidance).toMatchObject({ brevity: 0.5, taste: 0.45 });
    expect(rules).toMatchObject({ history: ['The Bell (1990)', '2 Swans (1991)'] });
    const sentences = read(
      history,
      candidates,
      '1. Rank them by my taste.\n2. Write no explanation at all.\n3. 请简短作答。',
    );
    expect(sentences.guidance.taste).toBe(0.45);
    expect(sentences.guidance.brevity).toBeGreaterThan(0.6);
    expect(sentences.candidates).toHaveLength(3);
  });

  it('takes guidance from a heading that asks for something, and from what stands before one', () => {
    const reading = read(
      'You are a film critic. These are the movies I watched:\n1. A\n2. B',
      'Rank the following candidates by my taste:\n1. C\n2. D',
    );
    expect(reading).toMatchObject({ history: ['A', 'B'], candidates: ['C', 'D'] });
    expect(reading.guidance).toMatchObject({ niche: 0.4, taste: 0.45 });
  });

  it('finds the candidates by their heading wherever they stand', () => {
    const reading = read('Options:\n1. C\n2. D', 'My history:\n1. A\n2. B');
    expect(reading).toMatchObject({ history: ['A', 'B'], candidates: ['C', 'D'] });
    const unnamed = read('Films I have seen:\n- A\n- B', 'Here they are:\n- C\n- D');
    expect(unnamed).toMatchObject({ history: ['A', 'B'], candidates: ['C', 'D'] });
  });

  const converse = (...turns: string[]): ReturnType<typeof readPrompt> =>
    readPrompt(
      turns.map((text, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', text })),
      nothingKnown,
    );

  it('takes tasks that were answered before for examples', () => {
    const shot = 'I watched:\n1. X\n\nCandidates:\n[1] Y\n[2] Z\n\nRank them by my taste.';
    const reading = converse(shot, '{"ranking": [2, 1]}', `${history}\n\n${candidates}\n\nRank them by my taste.`);
    expect(reading).toMatchObject({ history: ['The Bell (1990)', '2 Swans (1991)'], labels: ['1', '2', '3'] });
    expect(reading.guidance).toMatchObject({
      taste: 0.45,
      explicitness: 0.5,
      answer: { content: 'indices', shape: 'json', field: 'ranking' },
    });
    expect(converse(shot, '1. Z\n2. Y', `${history}\n\n${candidates}`).history).toHaveLength(2);
  });

  it('goes back for what later turns leave out', () => {
    expect(converse(`${history}\n\n${candidates}`, '1. Echo', 'Rank all, be brief.')).toMatchObject({
      history: ['The Bell (1990)', '2 Swans (1991)'],
      labels: ['1', '2', '3'],
      guidance: { brevity: 0.5 },
    });
    expect(converse(history, 'And which are the candidates?', candidates)).toMatchObject({
      history: ['The Bell (1990)', '2 Swans (1991)'],
      labels: ['1', '2', '3'],
    });
    expect(converse('Hello.', 'Hi!', 'Be brief.')).toMatchObject({
      history: [],
      candidates: [],
      guidance: { brevity: 0.5 },
    });
  });

  it('takes the history of the task at hand behind an example of one', () => {
    const shot = 'History:\n1. X\n\nCandidates:\n1. Y\n2. Z\n\nAnswer:\n1. Z\n2. Y\n\nYour turn.';
    expect(read(shot, history, candidates).history).toEqual(['The Bell (1990)', '2 Swans (1991)']);
  });

  it('hears in a sentence that the history begins with the newest, and takes it for no wish', () => {
    const reading = read('Be brief. The history is listed newest first.', history, candidates);
    expect(reading.history).toEqual(['2 Swans (1991)', 'The Bell (1990)']);
    expect(reading.guidance).toMatchObject({ recency: 0, brevity: 0.5 });
    expect(read('The history is listed oldest first.', history, candidates).history[0]).toBe('The Bell (1990)');
  });

  it('takes no guidance and no form of answer from JSON that holds the titles', () => {
    const data = '{"history": ["The Latest Thing", "B"], "candidates": ["Be Brief", "D"]}';
    const reading = read(data, 'Rank by my taste.');
    expect(reading).toMatchObject({ history: ['The Latest Thing', 'B'], candidates: ['Be Brief', 'D'] });
    expect(reading.guidance).toEqual(read('Rank by my taste.').guidance);
  });
});
