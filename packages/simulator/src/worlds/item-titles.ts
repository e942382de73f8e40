import type { RandomStream } from '@rppkit/spec';

const words = (text: string): readonly string[] => text.split(' ');

const adjectives = words(
  'Amber Ancient Autumn Bitter Borrowed Brave Broken Burning Crimson Crooked Distant Drowning Empty Endless Faithful Fallen Forgotten Frozen Gentle Gilded Golden Hidden Hollow Hungry Invisible Iron Ivory Last Lonely Lost Lucky Midnight Narrow Northern Painted Pale Paper Patient Perfect Quiet Reckless Restless Rising Sacred Scarlet Secret Seventh Silent Silver Sleeping Stolen Stubborn Sudden Tender Thirsty Twisted Unfinished Velvet Wandering Winter',
);
const nouns = words(
  'Alibi Anthem Archer Balloon Bargain Beacon Bell Bridge Cabin Canyon Carnival Castle Circle Clock Compass Confession Courier Crown Dancer Debt Detective Diary Dragon Echo Engine Envelope Ferry Fever Forest Fortune Frontier Garden Gambler Ghost Harbor Heiress Horizon Hotel Island Jury Kingdom Ladder Lantern Letter Lighthouse Locket Machine Magician Map Market Mirror Monsoon Mountain Neighbor Orchard Orphan Outlaw Painter Parade Passenger Pilot Pioneer Planet Promise Prophet Puzzle Railway Rebel Reunion Riddle River Sailor Scholar Season Shadow Signal Smuggler Soldier Stranger Summer Swan Teacher Tempest Theater Thief Thunder Tower Traitor Valley Verdict Village Violin Voyage Waltz Wedding Whisper Widow Window Witness',
);
const places = words(
  'Alder Ashford Bellmare Briarwood Calder Carrow Danvers Dunmore Eastvale Elmhurst Fairhaven Galloway Glenrock Hartwell Hollis Ironwood Juniper Kestrel Larkspur Lindale Marlow Merrow Northgate Oakmoor Pemberton Quarry Ravensgate Redcliff Saltmarsh Stonebridge Thornbury Underhill Wexley Whitmore Wildmere Yarrow',
);
const names = words(
  'Adela Anton Beatrix Bruno Cecily Clement Dora Edgar Elena Felix Greta Hugo Imogen Jasper Katya Leopold Magda Nadia Oscar Petra Quentin Rosa Silas Theo Ursula Viktor Wanda Xavier Yvette Zelda',
);

/** Each form draws its words independently; the weights are how often it is tried. */
const forms: readonly {
  readonly weight: number;
  readonly parts: readonly (readonly string[])[];
  render(...parts: string[]): string;
}[] = [
  { weight: 5, parts: [adjectives, nouns], render: (adjective, noun) => `The ${adjective} ${noun}` },
  { weight: 3, parts: [adjectives, nouns], render: (adjective, noun) => `${adjective} ${noun}` },
  { weight: 3, parts: [nouns, places], render: (noun, place) => `The ${noun} of ${place}` },
  { weight: 2, parts: [names, nouns], render: (name, noun) => `${name}'s ${noun}` },
  { weight: 2, parts: [nouns, nouns], render: (first, second) => `The ${first} and the ${second}` },
  {
    weight: 2,
    parts: [names, adjectives, nouns],
    render: (name, adjective, noun) => `${name} and the ${adjective} ${noun}`,
  },
  {
    weight: 1,
    parts: [adjectives, nouns, places],
    render: (adjective, noun, place) => `${adjective} ${noun} at ${place}`,
  },
];
const totalWeight = forms.reduce((sum, { weight }) => sum + weight, 0);

/** Most titles that `sampleTitles` is asked for; its grammar knows more than 400,000. */
export const maximumTitles = 100_000;

/** `count` distinct film-like titles without a year, in random order; `count` in [0, maximumTitles]. */
export function sampleTitles(random: RandomStream, count: number): string[] {
  const titles = new Set<string>();
  while (titles.size < count) {
    let left = random.integer(totalWeight);
    const form = forms.find(({ weight }) => {
      left -= weight;
      return left < 0;
    })!;
    const parts = form.parts.map((list) => list[random.integer(list.length)]!);
    if (new Set(parts).size === parts.length) titles.add(form.render(...parts));
  }
  return [...titles];
}
