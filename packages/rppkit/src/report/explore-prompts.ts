import type { AnswerView, ExampleView, TitleView } from './example-view.ts';

/**
 * The prompt explorer, as it runs in the browser: finds users by id and by titles, orders them by gain, and shows what the static
 * examples show. The report holds the text of this function, so that everything it uses is inside it. Text from data
 * becomes text nodes only. The page around it is that of `renderExplorer`.
 */
export function explorePrompts(): void {
  interface Entry {
    readonly view: ExampleView;
    readonly user: string;
    /** What is searched. */
    readonly text: string;
    readonly gain: number;
  }
  const pageSize = 20;
  const get = <Kind extends HTMLElement>(name: string): Kind => document.getElementById(`explorer-${name}`) as Kind;
  const query = get<HTMLInputElement>('query');
  const order = get<HTMLSelectElement>('order');
  const count = get('count');
  const list = get('list');
  const more = get<HTMLButtonElement>('more');
  let loading: Promise<readonly Entry[]> | undefined;
  let found: readonly Entry[] = [];

  /** Letters without case and accents. */
  const simplify = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

  const load = async (): Promise<readonly Entry[]> => {
    const packed = atob(get('data').textContent!.trim());
    const bytes = new Uint8Array(packed.length);
    for (let index = 0; index < packed.length; index++) bytes[index] = packed.charCodeAt(index);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const views = (await new Response(stream).json()) as readonly ExampleView[];
    return views.map((view) => ({
      view,
      user: simplify(view.user),
      text: simplify([view.user, ...view.history, ...view.candidates.map(({ title }) => title)].join('\n')),
      gain: view.personal.ndcg - view.fixed.ndcg,
    }));
  };

  const create = (tag: string, className: string, ...children: readonly (Node | string)[]): HTMLElement => {
    const element = document.createElement(tag);
    if (className !== '') element.className = className;
    element.append(...children);
    return element;
  };
  const createPre = (className: string, text: string): HTMLElement => {
    const element = create('pre', className, text);
    element.dir = 'auto';
    return element;
  };
  const createTitles = (titles: readonly TitleView[]): HTMLElement =>
    create(
      'ol',
      '',
      ...titles.map(({ title, note }) =>
        create('li', '', create('bdi', '', title), ...(note === '' ? [] : [' ', create('mark', '', note)])),
      ),
    );
  const createAnswer = (name: string, { ndcg, ranking, answer }: AnswerView): HTMLElement =>
    create(
      'section',
      '',
      create('h4', '', `${name}: NDCG ${ndcg.toFixed(3)}`),
      create('h5', '', 'Ranking read from the answer'),
      ranking.length === 0 ? create('p', '', 'No usable ranking in this answer.') : createTitles(ranking),
      create('h5', '', 'Answer'),
      createPre('answer', answer === '' ? '(empty)' : answer),
    );
  const createBody = ({ history, candidates, prompt, personal, fixed }: ExampleView): readonly HTMLElement[] => [
    create(
      'div',
      'columns',
      create(
        'section',
        '',
        create('h4', '', 'History, oldest first'),
        history.length === 0 ? create('p', '', 'Empty.') : createTitles(history.map((title) => ({ title, note: '' }))),
      ),
      create('section', '', create('h4', '', 'Candidates in prompt order'), createTitles(candidates)),
    ),
    create('h4', '', 'Personal prompt'),
    create(
      'div',
      'prompt',
      ...prompt.map(({ label, colour, text }) =>
        create(
          'div',
          `section section-${colour}`,
          ...(label === '' ? [] : [create('span', 'label', label)]),
          createPre('', text),
        ),
      ),
    ),
    create('div', 'columns', createAnswer('Personal prompt', personal), createAnswer('Best fixed prompt', fixed)),
  ];
  const createUser = ({ view, gain }: Entry): HTMLElement => {
    const shown = gain.toFixed(3).replace(/^-(0\.0+)$/, '$1');
    const summary = create(
      'summary',
      '',
      'User ',
      create('bdi', '', view.user),
      ': NDCG ',
      create('b', '', view.personal.ndcg.toFixed(3)),
      ' with the personal prompt, ',
      create('b', '', view.fixed.ndcg.toFixed(3)),
      ` with the best fixed prompt (${Number(shown) > 0 ? '+' : ''}${shown})`,
    );
    const details = create('details', 'example', summary) as HTMLDetailsElement;
    // Filled when it is opened first: hundreds of closed ones cost little.
    details.addEventListener('toggle', () => {
      if (details.childElementCount === 1) details.append(...createBody(view));
    });
    return details;
  };

  const showMore = (): void => {
    const from = list.childElementCount;
    list.append(...found.slice(from, from + pageSize).map(createUser));
    const left = found.length - list.childElementCount;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(pageSize, left)} more`;
  };
  const update = async (): Promise<void> => {
    loading ??= load();
    const entries = await loading;
    const wanted = simplify(query.value).trim();
    const words = wanted.split(/\s+/);
    const matching = entries.filter(({ text }) => words.every((word) => text.includes(word)));
    const sign = { gain: -1, loss: 1 }[order.value] ?? 0;
    // The user of this very id first, in any order.
    const rank = ({ user }: Entry): number => (user === wanted ? 0 : 1);
    found = matching.sort((left, right) => rank(left) - rank(right) || sign * (left.gain - right.gain));
    list.replaceChildren();
    showMore();
    const [only] = found.length === 1 ? list.querySelectorAll('details') : [];
    if (only !== undefined) only.open = true;
    const format = (value: number): string => value.toLocaleString('en-US');
    count.textContent =
      wanted === '' ? `${format(found.length)} users` : `${format(found.length)} of ${format(entries.length)} users`;
  };
  const tryToUpdate = (): void => {
    update().catch((error: unknown) => {
      count.textContent = `This browser cannot read the prompts: ${error instanceof Error ? error.message : error}. The examples above show some.`;
    });
  };
  query.addEventListener('input', tryToUpdate);
  query.addEventListener('focus', () => {
    if (loading === undefined) tryToUpdate();
  });
  order.addEventListener('change', tryToUpdate);
  more.addEventListener('click', () => {
    const from = list.childElementCount;
    showMore();
    list.children[from]?.querySelector('summary')?.focus();
  });
  document.getElementById('explorer')!.hidden = false;
}
