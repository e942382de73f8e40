import { createRandomStream, samplePermutation, type TextMessage } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createAnswerSampler } from './answer-sampler.ts';
import { behaviours } from './behaviour.ts';
import {
  composeTinyPrompt as compose,
  isFamous,
  type PromptParts,
  tinyParts as parts,
  readListedTitles,
  tinyKnowledge,
} from './tiny-prompts.fixture.ts';

const sampler = createAnswerSampler({ knowledge: tinyKnowledge });
const ask = (messages: readonly TextMessage[], seed: number): string => sampler.sample({ messages, seed }).text;

/**
 * Mean place (1 is best) in the answers of those candidates that `counts`, over 20 candidate orders, because a prompt is
 * misread in its own way, with 20 draws each; what an answer leaves out is skipped.
 */
function computeMeanPlace(prompt: PromptParts, counts: (title: string) => boolean): number {
  const random = createRandomStream('candidate orders');
  let sum = 0;
  let listed = 0;
  for (let order = 0; order < 20; order++) {
    const { candidates } = prompt;
    const shown = Array.from(samplePermutation(random, candidates.length), (index) => candidates[index]!);
    const messages = compose({ ...prompt, candidates: shown });
    for (let seed = 0; seed < 20; seed++) {
      readListedTitles(ask(messages, seed), shown).forEach((title, place) => {
        if (!counts(title)) return;
        sum += place + 1;
        listed++;
      });
    }
  }
  return sum / listed;
}

/** Mean place by slot of ten titles that nobody knows, and the number of complete answers, over 4,000 draws. */
function computePlacesBySlot(model: typeof sampler): { readonly places: Float64Array; readonly complete: number } {
  const candidates = Array.from({ length: 10 }, (_, index) => `Unknown ${index}`);
  const messages = compose({ history: [], candidates });
  const places = new Float64Array(10);
  let complete = 0;
  for (let seed = 0; seed < 4000; seed++) {
    const listed = readListedTitles(model.sample({ messages, seed }).text, candidates);
    if (new Set(listed).size !== 10 || listed.length !== 10) continue;
    complete++;
    listed.forEach((title, place) => {
      places[Number(title.at(-1))]! += place + 1;
    });
  }
  return { places: places.map((sum) => sum / complete), complete };
}

describe('manners of the weak profile', () => {
  it('has the documented position bias: the mean place by slot of unknown titles follows Plackett-Luce', () => {
    const { positionBias, drawNoise } = behaviours.weak;
    const { places, complete } = computePlacesBySlot(sampler);
    expect(complete).toBeGreaterThan(3600);
    for (let slot = 0; slot < 10; slot++) {
      // P(a before b) = 1 / (1 + exp((score b - score a) / noise)) for every pair.
      let expected = 1;
      for (let other = 0; other < 10; other++) {
        if (other !== slot) expected += 1 / (1 + Math.exp((positionBias * (other - slot)) / 9 / (drawNoise * 0.7)));
      }
      // Standard deviation of a place is below 2.9: four standard errors are below 0.2.
      expect(Math.abs(places[slot]! - expected)).toBeLessThan(0.2);
    }
    expect(places[9]! - places[0]!).toBeGreaterThan(1);
  });

  it.each([
    'Let the movies I watched most recently count most.',
    'Give what I saw lately more weight than the rest.',
    'My mood is shifting: look at the end of my list above all.',
    'The latest titles tell you where I am going.',
  ])('ranks the genre of the last items higher when told: %s', (reasoning) => {
    const plain = computeMeanPlace(parts, (title) => title.startsWith('Comedy'));
    const told = computeMeanPlace({ ...parts, reasoning }, (title) => title.startsWith('Comedy'));
    expect(told).toBeLessThan(plain - 0.3);
  });

  it.each([
    ['You follow closely which movies are popular with most people.', -1],
    ['You know the hits that everyone talks about.', -1],
    ['You are an expert in film who also knows its lesser-known corners.', 1],
    ['You are a critic with a love of obscure, underrated films.', 1],
  ])('shifts famous titles with the role: %s', (role, direction) => {
    const plain = computeMeanPlace(parts, isFamous);
    const shifted = computeMeanPlace({ ...parts, role }, isFamous);
    expect((shifted - plain) * direction).toBeGreaterThan(0.2);
  });

  it('thinks aloud when told to, but not when told to be brief, and then loses the list more often', () => {
    const reasoning = 'Think step by step.';
    const computeShare = (format: string, counts: (answer: string) => boolean): number => {
      let hits = 0;
      for (let seed = 0; seed < 600; seed++) if (counts(ask(compose({ ...parts, reasoning, format }), seed))) hits++;
      return hits / 600;
    };
    const brief = 'Be brief: a numbered list with no explanation and no other words.';
    const thinks = (answer: string): boolean => answer.startsWith('Let me think');
    const listless = (answer: string): boolean => !/^1\. /m.test(answer);
    expect(computeShare('List all titles.', thinks)).toBeGreaterThan(0.35);
    expect(computeShare(brief, thinks)).toBeLessThan(0.25);
    const lost = computeShare('List all titles.', listless);
    expect(lost).toBeLessThan(0.05);
    expect(computeShare(brief, listless)).toBeGreaterThan(Math.max(0.04, 2 * lost));
  });
});

describe('manners of the strong profile', () => {
  it('has no position bias and keeps its lists whole', () => {
    const { places, complete } = computePlacesBySlot(
      createAnswerSampler({ knowledge: tinyKnowledge, profile: 'strong' }),
    );
    expect(complete).toBeGreaterThan(3980);
    // Its reading error is a property of the prompt; over slots it shows no trend: correlation with the slot.
    const slope = places.reduce((sum, place, slot) => sum + place * (slot - 4.5), 0) / 82.5;
    expect(Math.abs(slope)).toBeLessThan(0.6);
  });
});
