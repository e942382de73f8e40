import type { Guidance } from '../reading/read-guidance.ts';

/** What the model has to say about one candidate. */
export type CandidateTrait = 'familiar' | 'famous' | 'different' | 'unknown';

/**
 * The wordings of answers in one language. `{title}`, `{genre}`, `{genres}`, `{count}` and `{favourites}` are filled in. No
 * sentence lists titles or begins like a line of a list, so that prose is never read as a ranking.
 */
export interface AnswerPhrases {
  readonly greetings: readonly string[];
  readonly closings: readonly string[];
  readonly refusal: string;
  readonly lostThread: string;
  readonly opening: string;
  readonly noHistory: string;
  readonly history: string;
  readonly taste: string;
  readonly tasteUnknown: string;
  readonly genreSeparator: string;
  /** What is thought of a candidate, at least two wordings each. */
  readonly thoughts: Readonly<Record<CandidateTrait, readonly string[]>>;
  readonly conclusion: string;
  readonly sentenceSeparator: string;
  /** What stands behind a title. */
  readonly remarks: Readonly<Record<CandidateTrait, string>>;
  readonly remarkSeparators: readonly string[];
  /** What stands in front of a rewritten sentence. */
  readonly rewriteOpening: string;
  readonly quotes: readonly [string, string];
}

export const answerPhrases: Readonly<Record<Guidance['language'], AnswerPhrases>> = {
  en: {
    greetings: ['Sure! Here is the order:', 'Here is my ranking:', 'Based on what you told me, I would go with this:'],
    closings: ['I hope this helps!', 'Tell me if you would like a different order.'],
    refusal: 'I am sorry, but I cannot rank these without knowing more about you.',
    lostThread: 'So the ones that share the most with these are the better choices for you.',
    opening: 'Let me think about this.',
    noHistory: 'There is no history to go by, so I look at the candidates themselves.',
    history: 'You have gone through {count} titles, most recently {title}.',
    taste: 'Much of it is {favourites}.',
    tasteUnknown: 'I know little about them.',
    genreSeparator: ' and ',
    thoughts: {
      familiar: [
        '{title} is {genres}, which you keep coming back to.',
        'With its {genre}, {title} stays close to what you know.',
      ],
      famous: ['Plenty of people know {title}.', '{title} has a large audience, whatever one thinks of it.'],
      different: [
        '{title} is {genres}, and I see less of that here.',
        '{title} would be a step away, towards {genre}.',
      ],
      unknown: ['I know little about {title}.', '{title} does not ring a bell.'],
    },
    conclusion: 'I compare each candidate with that before I put them in order.',
    sentenceSeparator: ' ',
    remarks: {
      familiar: '{genre}, like much of your list',
      famous: 'widely known',
      different: '{genre}, a change for you',
      unknown: 'hard to judge',
    },
    remarkSeparators: [' - ', ' – ', ': '],
    rewriteOpening: 'Here is a rewrite: ',
    quotes: ['"', '"'],
  },
  zh: {
    greetings: ['好的，排序如下：', '这是我的排序：', '根据你提供的信息，我会这样排：'],
    closings: ['希望对你有帮助！', '如果想调整顺序，请告诉我。'],
    refusal: '抱歉，在不了解你的更多情况之前，我无法给它们排序。',
    lostThread: '所以，与这些共同点最多的更适合你。',
    opening: '让我想一想。',
    noHistory: '没有记录可以参考，我就看候选本身。',
    history: '你的记录里有{count}项，最近的是《{title}》。',
    taste: '其中多为{favourites}。',
    tasteUnknown: '我对它们了解不多。',
    genreSeparator: '和',
    thoughts: {
      familiar: ['《{title}》属于{genres}，是你常选的一类。', '《{title}》带有{genre}，与你熟悉的内容接近。'],
      famous: ['知道《{title}》的人很多。', '《{title}》的受众很广。'],
      different: ['《{title}》属于{genres}，在你的记录里不多见。', '《{title}》偏向{genre}，算是换换口味。'],
      unknown: ['我对《{title}》了解不多。', '《{title}》我没有什么印象。'],
    },
    conclusion: '我逐一比较之后再排出顺序。',
    sentenceSeparator: '',
    remarks: {
      familiar: '与你常选的{genre}相近',
      famous: '知名度高',
      different: '换成{genre}试试',
      unknown: '不好判断',
    },
    remarkSeparators: ['：', ' - ', ' —— '],
    rewriteOpening: '改写如下：',
    quotes: ['“', '”'],
  },
};
