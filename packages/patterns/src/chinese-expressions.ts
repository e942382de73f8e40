import type { Expression } from './expression.ts';
import type { HistoryWording } from './history-wording.ts';

/** The perspectives of `englishRoles`. */
export const chineseRoles: readonly Expression[] = [
  { id: 'none', perspective: '无角色', template: '' },
  { id: 'expert', perspective: '专家', template: '你是一位{field}领域的专家，连其中鲜为人知的角落也了如指掌。' },
  { id: 'recommender', perspective: '推荐系统', template: '你是一家大型{service}的推荐系统。' },
  {
    id: 'interest-ranker',
    perspective: '按兴趣匹配的排序者',
    template: '你擅长按照与某一个人兴趣的契合程度给{itemsNoun}排序。',
  },
  {
    id: 'attention',
    perspective: '熟悉领域，懂得什么吸引人',
    template: '你非常了解{field}，也清楚什么样的{itemsNoun}能引起人们的兴趣。',
  },
  { id: 'crowd', perspective: '关注大众喜好', template: '你密切关注大多数人都喜欢哪些{itemsNoun}。' },
];

/** The line above the history. */
export const chineseHistoryHeading: string =
  '这是我最近{interactedVerb}的{historyCount:一| # }{measureWord}{historyItems}{orderPhrase}：';

/** As `englishRecencyFocus`. */
export const chineseRecencyFocus: HistoryWording = {
  template: chineseHistoryHeading,
  closing: '请特别留意我最后{interactedVerb}的这{measureWord}：\n- {latestTitle}',
};

/** As `englishInContext`. */
export const chineseInContext: HistoryWording = {
  template: '这是我{interactedVerb}的{historyCount:一| # }{measureWord}{historyItems}{orderPhrase}：',
  closing:
    '假如我当时问接下来该{interactVerb}什么，正确答案就是我随后真正{interactedVerb}的这{measureWord}：\n- {latestTitle}',
  heldOut: true,
};

/** As `englishSimilarUsers`. */
export const chineseSimilarUsers: HistoryWording & Required<Pick<HistoryWording, 'examples'>> = {
  template: chineseHistoryHeading,
  examples: {
    count: 3,
    heading: '下面是与我口味相近的{exampleCount:一| # }个人{interactedVerb}的{itemsNoun}，以及他们后来的选择。',
    template:
      '第 {exampleNumber} 个人{interactedVerb}的{historyCount:一| # }{measureWord}{historyItems}{orderPhrase}：\n{exampleHistory}\n在那之后，第 {exampleNumber} 个人{interactedVerb}的是：\n- {chosenTitle}',
  },
};

/** The perspectives of `englishReasonings`. */
export const chineseReasonings: readonly Expression[] = [
  {
    id: 'plain',
    perspective: '直接排出先后',
    template: '请按我应该{interactVerb}的先后顺序排列这些候选{itemsNoun}。',
  },
  { id: 'by-history', perspective: '依据历史', template: '请根据我{interactedVerb}的{itemsNoun}排列候选{itemsNoun}。' },
  {
    id: 'preferences-only',
    perspective: '只看个人喜好',
    template: '请只按我个人的喜好排列候选{itemsNoun}，不必考虑它们的名气。',
  },
  {
    id: 'next-step-by-step',
    perspective: '逐步估计接下来的可能性',
    template:
      '请一步一步地推理，估计我接下来{interactVerb}每{measureWord}候选{itemsNoun}的可能性有多大，再据此排列候选{itemsNoun}。',
  },
  {
    id: 'infer-preferences',
    perspective: '先从历史归纳喜好',
    template: '请先从我{interactedVerb}的全部{itemsNoun}中归纳出我的喜好，再据此排列候选{itemsNoun}。',
  },
  {
    id: 'update-preferences',
    perspective: '依据最近的变化更新喜好',
    template: '我的口味会变：排列候选{itemsNoun}时，请最看重我最近{interactedVerb}的{itemsNoun}。',
  },
  {
    id: 'similar-preferences',
    perspective: '与喜好的相似程度',
    template: '请按照与我喜好的相似程度排列候选{itemsNoun}。',
  },
  {
    id: 'similarity-score',
    perspective: '对照全部历史打相似分',
    template:
      '请给每{measureWord}候选{itemsNoun}打分，衡量它与上面列出的我{interactedVerb}的全部{itemsNoun}有多相似，再按分数排列候选{itemsNoun}。',
  },
  {
    id: 'rank-then-refine',
    perspective: '先排序再修正',
    template: '请先拟出一个顺序，对照我{interactedVerb}的{itemsNoun}加以修正，最后只给出修正后的顺序。',
  },
];

const numberedTitles: Expression = {
  id: 'numbered-titles',
  perspective: '编号的标题列表',
  template: '请用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}。',
  answer: 'titles',
};

const example: Expression = {
  id: 'example',
  perspective: '附输出示例',
  template:
    '请完全按照下面的格式写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}：\n1. <最合适的候选的标题>{count:|\n2. <第二合适的候选的标题>\n依此类推。}',
  answer: 'titles',
};

/** The perspectives of `englishFormats`. */
export const chineseFormats: readonly Expression[] = [
  numberedTitles,
  {
    id: 'json-array',
    perspective: '标题的 JSON 数组',
    template:
      '请只写一个 JSON 字符串数组，列出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不要写别的内容。',
    answer: 'titles',
  },
  {
    id: 'indices',
    perspective: '候选编号',
    template:
      '请用一行写出{count:唯一候选的编号，格式为 [A]。|全部 # 个候选的编号，最合适的排在最前，格式为 [B] > [C] > [A]。}',
    answer: 'indices',
  },
  {
    id: 'brief',
    perspective: '不解释，不写其他文字',
    template:
      '请简短作答：只用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不解释，也不写其他文字。',
    answer: 'titles',
  },
  example,
];

/** The perspectives of `englishReferenceFormats`. */
export const chineseReferenceFormats: readonly Expression[] = [
  numberedTitles,
  {
    id: 'titles-directly',
    perspective: '编号列表，不写中间步骤',
    template: '不要写中间步骤，直接用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}。',
    answer: 'titles',
  },
  {
    id: 'short-reminder',
    perspective: '严格提醒要简短',
    template:
      '务必简短！只写编号列表，列出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，多余的内容我一概不看。',
    answer: 'titles',
  },
  {
    id: 'no-explanation',
    perspective: '不解释，不写其他文字',
    template:
      '请用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不作任何解释，也不加其他文字。',
    answer: 'titles',
  },
  example,
];

/** `structuredFormatExpression` in Chinese. */
export const structuredFormatExpressionZh: Expression = {
  id: 'structured',
  perspective: '按模式给出候选编号的对象',
  template:
    '请用一个 JSON 对象作答，它只有一个字段 "ranking"，其值是由{count:一个整数组成的数组，即唯一候选的编号| # 个整数组成的数组，即全部候选的编号，最合适的排在最前，每个恰好出现一次}。第一个候选的编号是 {firstNumber}，最后一个是 {lastNumber}。',
  answer: 'schema',
};
