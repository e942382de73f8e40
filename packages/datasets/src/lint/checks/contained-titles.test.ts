import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

const lintTitles = (...tasks: readonly (readonly string[])[]) =>
  lint({
    report: tasks.map((titles, task) => {
      const ids = titles.map((_, place) => `${task}${place}`);
      return createExampleTask({
        id: titles.join(' | '),
        candidates: ids,
        titles: Object.fromEntries(titles.map((title, place) => [ids[place], title])),
      });
    }),
  });

it('contained-titles: whole words in a row, at either end or in the middle, whatever case and punctuation', () => {
  const faulty = [
    ['Alien', 'Alien 3', 'Heat'],
    ['The Return of the King', 'Heat', 'return OF the'],
    ['Heat', 'Up', "What's Up, Doc?"],
    ['Dr. No', 'Heat', 'dr no: again'],
  ];
  expect(lintTitles(...faulty)).toEqual([
    expect.objectContaining({
      code: 'contained-titles',
      severity: 'warning',
      message: expect.stringContaining('received 4 of 4 tasks with such a pair, first 00 "Alien" in 01 "Alien 3".'),
      count: 4,
      examples: faulty.map((titles) => titles.join(' | ')),
    }),
  ]);
});

it('contained-titles: parts of words, words apart, words at the end of a shorter rest and symbols are not contained', () => {
  const clean = [
    ['Alien', 'Aliens', 'Heat'],
    ['Blue Sky', 'Blue Winter Sky', 'Sky Blue'],
    ['Green Sea Star', 'The Green Sea', 'Sun'],
    ['Moon', '!', 'Moon'],
  ];
  expect(lintTitles(...clean).map(({ code, examples }) => [code, examples])).toEqual([
    ['colliding-titles', ['Moon | ! | Moon']],
  ]);
});

it('contained-titles: titles of another task do not count', () => {
  const codes = lintTitles(['Sun', 'Sea', 'Alien'], ['Heat', 'My Alien']).map(({ code }) => code);
  expect(codes).toEqual(['uneven-candidates']);
});

it('contained-titles: finds a pair among many candidates', () => {
  const many = Array.from({ length: 40 }, (_, place) => `Film${place}`);
  expect(lintTitles(many).filter(({ code }) => code === 'contained-titles')).toEqual([]);
  const findings = lintTitles(many, [...many, 'Film39 Returns']);
  expect(findings.find(({ code }) => code === 'contained-titles')).toMatchObject({
    count: 1,
    message: expect.stringContaining('first 139 "Film39" in 140 "Film39 Returns"'),
  });
});
