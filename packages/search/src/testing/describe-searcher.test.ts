import { createEnsembleSearch } from '../searchers/ensemble-search.ts';
import { createExhaustiveSearch } from '../searchers/exhaustive-search.ts';
import { createHalvingSearch } from '../searchers/halving-search.ts';
import { createRacingSearch } from '../searchers/racing-search.ts';
import { createRandomSearch } from '../searchers/random-search.ts';
import { createSegmentSearch } from '../searchers/segment-search.ts';
import { createSequenceSearch } from '../searchers/sequence-search.ts';
import { describeSearcher } from './describe-searcher.ts';

describeSearcher({ name: 'random', create: () => createRandomSearch() });
describeSearcher({ name: 'exhaustive', create: () => createExhaustiveSearch() });
describeSearcher({ name: 'halving', create: () => createHalvingSearch() });
describeSearcher({ name: 'racing', create: () => createRacingSearch() });
describeSearcher({ name: 'racing after a screening', create: () => createRacingSearch({ racers: 4 }) });
describeSearcher({ name: 'segments', create: ({ encoders }) => createSegmentSearch({ encoders, segments: 3 }) });
describeSearcher({ name: 'sequence', create: () => createSequenceSearch({ prompts: 3 }) });
describeSearcher({ name: 'ensemble', create: () => createEnsembleSearch({ prompts: 3 }) });
