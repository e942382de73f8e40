/** A perspective in a weak wording; the fields are those of an expression of `@rppkit/patterns`. */
export interface WeakWording {
  readonly id: string;
  readonly perspective: string;
  readonly template: string;
  /** Output formats only. */
  readonly answer?: 'titles' | 'indices';
}

/** The patterns that hold sentences, each with its weak wordings. */
export interface WeakWordings {
  readonly role: readonly WeakWording[];
  readonly reasoning: readonly WeakWording[];
  readonly format: readonly WeakWording[];
}

/**
 * The expressions of the default preset in weak words, by language: the same ids, perspectives, slots and answers, but hedged
 * in every clause, so that the simulated model reads each concept at 30 to 50 % of its strength. Put them into patterns with
 * `definePattern`; what a refiner makes of them is what RPP+ can gain in the world `weak-wording`.
 */
export const weakWordings: Readonly<Record<'en' | 'zh', WeakWordings>> = {
  en: {
    role: [
      { id: 'none', perspective: 'no role', template: '' },
      {
        id: 'expert',
        perspective: 'expert',
        template:
          'Perhaps you are something of an expert in {field} who may also know a little of its lesser-known corners.',
      },
      {
        id: 'recommender',
        perspective: 'recommender',
        template: 'Perhaps you are a bit like the recommender system of a large {service}.',
      },
      {
        id: 'interest-ranker',
        perspective: 'ranker that matches interests',
        template:
          'If you like, you may rank {itemsNoun} a little by how well they fit the interests of one particular person.',
      },
      {
        id: 'attention',
        perspective: 'familiar with the domain, knows what catches interest',
        template:
          'You may know {field} a little and perhaps have some sense for the {itemsNoun} that catch people’s interest.',
      },
      {
        id: 'crowd',
        perspective: 'follows the crowd',
        template: 'Perhaps you follow a little which {itemsNoun} are popular with most people.',
      },
    ],
    reasoning: [
      {
        id: 'plain',
        perspective: 'plain priority order',
        template: 'You could perhaps put the candidates in the order in which I should {interactVerb} them.',
      },
      {
        id: 'by-history',
        perspective: 'according to history',
        template: 'If you like, order the candidates a little according to the {itemsNoun} I {interactedVerb}.',
      },
      {
        id: 'preferences-only',
        perspective: 'only my preferences',
        template:
          'Perhaps order the candidates a little by my personal preferences alone; maybe how famous {anItem} is does not matter so much.',
      },
      {
        id: 'next-step-by-step',
        perspective: 'likelihood of interacting next, step by step',
        template:
          'You may estimate a little how likely I am to {interactVerb} each candidate next, and perhaps order the candidates by that. Maybe go step by step.',
      },
      {
        id: 'infer-preferences',
        perspective: 'preferences inferred from history',
        template:
          'You could first perhaps work out my preferences a little from everything I {interactedVerb}, then maybe order the candidates by them.',
      },
      {
        id: 'update-preferences',
        perspective: 'after updating preferences with recent items',
        template:
          'My taste perhaps shifts a little: you may let the {itemsNoun} I {interactedVerb} most recently count a bit more when you order the candidates.',
      },
      {
        id: 'similar-preferences',
        perspective: 'similarity to my preferences',
        template: 'You might order the candidates a little by how similar they are to what I prefer.',
      },
      {
        id: 'similarity-score',
        perspective: 'similarity score against the whole history',
        template:
          'Perhaps give each candidate a bit of a score for its similarity to {historyCount:the one|all the} {historyItems} listed above that I {interactedVerb}, then maybe order the candidates by score.',
      },
      {
        id: 'rank-then-refine',
        perspective: 'rank, then refine',
        template:
          'Perhaps draft an order, maybe compare it a little with what I {interactedVerb}, perhaps correct it, and maybe report the corrected order only.',
      },
    ],
    format: [
      {
        id: 'numbered-titles',
        perspective: 'order-numbered list of titles',
        template:
          'Perhaps write the answer as a numbered list with {count:the title of the only candidate|the titles of all # candidates, the best first}.',
        answer: 'titles',
      },
      {
        id: 'json-array',
        perspective: 'JSON array of titles',
        template:
          'Perhaps write a JSON array of strings with {count:the title of the only candidate|the titles of all # candidates, the best first}, and maybe nothing else.',
        answer: 'titles',
      },
      {
        id: 'indices',
        perspective: 'candidate numbers',
        template:
          'Perhaps write one line with {count:the number of the only candidate, perhaps in the form [A].|the numbers of all # candidates, the best first, perhaps in the form [B] > [C] > [A].}',
        answer: 'indices',
      },
      {
        id: 'brief',
        perspective: 'no explanation or other words',
        template:
          'Maybe a numbered list of {count:the only title|all # titles, the best first}, perhaps with no explanation and no other words.',
        answer: 'titles',
      },
      {
        id: 'example',
        perspective: 'with an output example',
        template:
          'Perhaps write {count:the only title|all # titles, the best first,} perhaps a little in this shape, one per line: title of the best candidate{count:.|, title of the second best candidate, and so on.}',
        answer: 'titles',
      },
    ],
  },
  zh: {
    role: [
      { id: 'none', perspective: '无角色', template: '' },
      {
        id: 'expert',
        perspective: '专家',
        template: '你也许稍微算是一位{field}领域的专家，或许对其中鲜为人知的角落也稍有了解。',
      },
      { id: 'recommender', perspective: '推荐系统', template: '你也许有点像一家大型{service}的推荐系统。' },
      {
        id: 'interest-ranker',
        perspective: '按兴趣匹配的排序者',
        template: '你也许可以稍微按照与某一个人兴趣的契合程度给{itemsNoun}排序。',
      },
      {
        id: 'attention',
        perspective: '熟悉领域，懂得什么吸引人',
        template: '你也许稍微了解{field}，或许也清楚什么样的{itemsNoun}能引起人们的兴趣。',
      },
      { id: 'crowd', perspective: '关注大众喜好', template: '你也许稍微关注大多数人都喜欢哪些{itemsNoun}。' },
    ],
    reasoning: [
      {
        id: 'plain',
        perspective: '直接排出先后',
        template: '也许可以按我应该{interactVerb}的先后顺序排列这些候选{itemsNoun}。',
      },
      {
        id: 'by-history',
        perspective: '依据历史',
        template: '也许可以稍微根据我{interactedVerb}的{itemsNoun}排列候选{itemsNoun}。',
      },
      {
        id: 'preferences-only',
        perspective: '只看个人喜好',
        template: '也许可以稍微只按我个人的喜好排列候选{itemsNoun}，或许不必考虑它们的名气。',
      },
      {
        id: 'next-step-by-step',
        perspective: '逐步估计接下来的可能性',
        template:
          '也许可以一步一步来，或许稍微估计我接下来{interactVerb}每{measureWord}候选{itemsNoun}的可能性有多大，也许再据此排列候选{itemsNoun}。',
      },
      {
        id: 'infer-preferences',
        perspective: '先从历史归纳喜好',
        template:
          '也许可以先稍微从我{interactedVerb}的全部{itemsNoun}中归纳出我的喜好，或许再据此排列候选{itemsNoun}。',
      },
      {
        id: 'update-preferences',
        perspective: '依据最近的变化更新喜好',
        template: '我的口味也许稍微会变：排列候选{itemsNoun}时，也许可以稍微看重我最近{interactedVerb}的{itemsNoun}。',
      },
      {
        id: 'similar-preferences',
        perspective: '与喜好的相似程度',
        template: '也许可以稍微按照与我喜好的相似程度排列候选{itemsNoun}。',
      },
      {
        id: 'similarity-score',
        perspective: '对照全部历史打相似分',
        template:
          '也许可以给每{measureWord}候选{itemsNoun}打分，或许稍微衡量它与上面列出的我{interactedVerb}的全部{itemsNoun}有多相似，也许再按分数排列候选{itemsNoun}。',
      },
      {
        id: 'rank-then-refine',
        perspective: '先排序再修正',
        template:
          '也许可以先拟出一个顺序，或许稍微对照我{interactedVerb}的{itemsNoun}加以修正，也许最后只给出修正后的顺序。',
      },
    ],
    format: [
      {
        id: 'numbered-titles',
        perspective: '编号的标题列表',
        template: '也许可以用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}。',
        answer: 'titles',
      },
      {
        id: 'json-array',
        perspective: '标题的 JSON 数组',
        template:
          '也许可以只写一个 JSON 字符串数组，或许列出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，或许不要写别的内容。',
        answer: 'titles',
      },
      {
        id: 'indices',
        perspective: '候选编号',
        template:
          '也许可以用一行写出{count:唯一候选的编号，或许格式为 [A]。|全部 # 个候选的编号，最合适的排在最前，或许格式为 [B] > [C] > [A]。}',
        answer: 'indices',
      },
      {
        id: 'brief',
        perspective: '不解释，不写其他文字',
        template:
          '也许可以用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，或许不解释，也许也不写其他文字。',
        answer: 'titles',
      },
      {
        id: 'example',
        perspective: '附输出示例',
        template:
          '也许可以稍微按照这样的格式写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，每行一个：最合适的候选的标题{count:。|，第二合适的候选的标题，依此类推。}',
        answer: 'titles',
      },
    ],
  },
};
