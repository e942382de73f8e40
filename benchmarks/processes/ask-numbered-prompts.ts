import { guardTextModel } from '@rppkit/env';
import { openResponseStore } from '@rppkit/env/node';
import { createChatModel } from '../servers/create-chat-model.ts';
import { createNumberedRequest } from '../servers/numbered-prompts.ts';

/** What the process sends: the number of each prompt whose answer it holds, and at the end `done`. */
export type AskingMessage = { readonly answered: number } | { readonly done: true };

/** Asks prompts 0 … count-1 of a server through a store on disk, 16 at a time, and tells of each answer it gets. */
const [url, folder, count] = process.argv.slice(2) as [string, string, string];
const store = openResponseStore(folder);
const model = guardTextModel(createChatModel(url), { store, concurrency: 16 });
await Promise.all(
  Array.from({ length: Number(count) }, async (_, number) => {
    await model.generate(createNumberedRequest(number));
    process.send!({ answered: number } satisfies AskingMessage);
  }),
);
await store.close();
process.send!({ done: true } satisfies AskingMessage);
