import { fromFunction } from '../text-models/from-function.ts';
import { withResponseStore } from '../text-models/with-response-store.ts';
import { openResponseStore } from './open-response-store.ts';

/**
 * A process of its own, for tests: asks prompts `from` … `to`-1 through the store in `folder`, many at once, and reports
 * each number when its answer was returned. `node … FOLDER FROM TO NAME`
 */
const [folder, from, to, name] = process.argv.slice(2);
const store = openResponseStore(folder!);
const model = withResponseStore(
  fromFunction({ id: 'm', answer: ({ messages }) => `${name} answers ${messages[0]!.text}` }),
  store,
);

async function askPrompts(prompts: Iterator<number>): Promise<void> {
  for (let next = prompts.next(); next.done !== true; next = prompts.next()) {
    const text = String(next.value);
    const response = await model.generate({ messages: [{ role: 'user', text }], sampleIndex: 0, purpose: 'rank' });
    process.send!({ prompt: next.value, text: response.text, cached: response.cached });
  }
}

function* countPrompts(): Generator<number, void> {
  for (let prompt = Number(from); prompt < Number(to); prompt++) yield prompt;
}

const prompts = countPrompts();
await Promise.all(Array.from({ length: 8 }, () => askPrompts(prompts)));
await store.close();
process.disconnect();
