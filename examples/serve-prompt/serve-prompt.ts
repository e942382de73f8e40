import { readFileSync } from 'node:fs';
import { openPromptPolicy, personalize } from '@rppkit/env';
import { decodePolicy } from '@rppkit/policy';

const policy = openPromptPolicy(decodePolicy(readFileSync('runs/demo/policy.rpp')));
const movie = (id: string, title: string, ...genres: string[]) => ({ id, title, attributes: { genres } });
const history = [{ item: movie('1', 'Alien', 'Horror', 'Science Fiction') }, { item: movie('2', 'Heat', 'Crime') }];
const candidates = [movie('3', 'Blade Runner', 'Science Fiction'), movie('4', 'Casino', 'Crime', 'Drama')];
const { prompt } = await personalize(policy, { id: 'now', user: 'ada', history, candidates });
console.log(prompt.messages);
