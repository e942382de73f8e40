/** Sentences of prompts with rewrites that mean the same, written by hand to shape the embedder. */
export const paraphrases: Readonly<Record<'en' | 'zh', Readonly<Record<string, readonly string[]>>>> = {
  en: {
    'You are the recommender system of a large {service}.': [
      'You act as the recommendation engine of a big {service}.',
      'A large {service} relies on you to make its recommendations.',
      'Imagine you are the system that picks recommendations at a major {service}.',
      'You serve as the recommender system for a large {service}.',
    ],
    'You know {field} well and have a sense for the {itemsNoun} that catch people’s interest.': [
      'You are familiar with {field} and can tell which {itemsNoun} attract people’s attention.',
      'With your good knowledge of {field}, you have a feeling for which {itemsNoun} people find interesting.',
      'You have a thorough knowledge of {field} and an instinct for {itemsNoun} that grab people’s interest.',
    ],
    'You are an expert in {field} who also knows its lesser-known corners.': [
      'You know {field} as an expert does, including the parts few people know.',
      'Your expertise in {field} extends to the parts that hardly anyone has heard of.',
    ],
    'You follow closely which {itemsNoun} are popular with most people.': [
      'You pay close attention to the {itemsNoun} that the majority enjoys.',
      'You always stay up to date on which {itemsNoun} most people enjoy.',
    ],
    '{historyCount:This is the|These are the #} {historyItems} I {interactedVerb} most recently{orderPhrase}:': [
      'Below {historyCount:is the|are the #} {historyItems} that I {interactedVerb} most recently{orderPhrase}:',
      'My most recent {historyItems}, {historyCount:one|# in all}, which I {interactedVerb}{orderPhrase}:',
    ],
    'Order the candidates according to the {itemsNoun} I {interactedVerb}.': [
      'Use the {itemsNoun} I {interactedVerb} as the basis for ranking the candidates.',
      'Sort the candidates, guided by the {itemsNoun} that I {interactedVerb}.',
      'Let the {itemsNoun} I {interactedVerb} determine how the candidates are ordered.',
      'Take the {itemsNoun} I {interactedVerb} into account and rank the candidates accordingly.',
    ],
    'Estimate how likely I am to {interactVerb} each candidate next, and order the candidates by that. Reason step by step.':
      [
        'Think step by step: for every candidate, judge the probability that I will {interactVerb} it next, then sort by that probability.',
        'Rank the candidates by the likelihood that I {interactVerb} them next, reasoning one step at a time as you estimate it.',
        'Go step by step: assess my likelihood of {interactVerb}ing each candidate next and rank all of them by it.',
      ],
    'My taste shifts: let the {itemsNoun} I {interactedVerb} most recently count most when you order the candidates.': [
      'Because my taste changes, give the most weight to the {itemsNoun} I {interactedVerb} last when ranking the candidates.',
      'When you sort the candidates, rely above all on the latest {itemsNoun} I {interactedVerb}, since what I like keeps changing.',
      'As my taste keeps moving, the {itemsNoun} I {interactedVerb} most recently should carry the most weight in your ranking of the candidates.',
      'Order the candidates with most weight on the {itemsNoun} I {interactedVerb} most recently, because my taste is shifting.',
    ],
    'Order the candidates by how similar they are to what I prefer.': [
      'Rank the candidates by their similarity to my preferences.',
      'The closer a candidate is to what I like, the higher it should be placed.',
      'Sort the candidates so that those most like what I prefer come first.',
      'Arrange the candidates in order of similarity to what I prefer.',
    ],
    'Draft an order, compare it with what I {interactedVerb}, correct it, and report the corrected order only.': [
      'Make a first ranking, check it against what I {interactedVerb}, fix it, and give only the fixed ranking.',
      'Sketch an order first. Then hold it against what I {interactedVerb} and revise it; show me just the revised order.',
      'Write down a provisional order, see whether it agrees with what I {interactedVerb}, make corrections, and then report nothing but the corrected order.',
      'First draft an order and check it against what I {interactedVerb}; then correct it and give me only the corrected version.',
    ],
    'Write the answer as a numbered list with {count:the title of the only candidate|the titles of all # candidates, the best first}.':
      [
        'Give your answer in the form of a numbered list that contains {count:the title of the only candidate|the titles of all # candidates, the best first}.',
        'As your answer, write a numbered list of {count:the title of the only candidate|the titles of all # candidates, the best first}.',
      ],
    'Write one line with {count:the number of the only candidate, in the form [A].|the numbers of all # candidates, the best first, in the form [B] > [C] > [A].}':
      [
        'Reply with a single line that gives {count:the number of the only candidate, in the form [A].|the numbers of all # candidates, the best first, in the form [B] > [C] > [A].}',
        'Your answer should be one line consisting of {count:the number of the only candidate, in the form [A].|the numbers of all # candidates, the best first, in the form [B] > [C] > [A].}',
      ],
    'Keep it short! A numbered list of {count:the only title|all # titles, the best first}: I will read nothing beyond it.':
      [
        'Be short! Just a numbered list of {count:the only title|all # titles, the best first}; anything else I will not read.',
        'Short, please! I read only a numbered list of {count:the only title|all # titles, the best first} and nothing more.',
      ],
    'Write {count:the only title|all # titles, the best first,} exactly in this shape:\n1. <title of the best candidate>{count:|\n2. <title of the second best candidate>\nand so on.}':
      [
        'Use precisely this format to write {count:the only title|all # titles, the best first}:\n1. <title of the best candidate>{count:|\n2. <title of the second best candidate>\nand so on.}',
      ],
    'Put the candidates in the order in which I should {interactVerb} them.': [
      'Tell me in which order I should {interactVerb} the candidates.',
      'Decide what I should {interactVerb} first, second and so on, and list the candidates in that order.',
    ],
    'Order the candidates by my personal preferences alone; how famous {anItem} is does not matter.': [
      'Only my own taste should decide the order of the candidates, no matter how well known {anItem} is.',
    ],
    'You rank {itemsNoun} by how well they fit the interests of one particular person.': [
      'Your speciality is sorting {itemsNoun} according to the interests of one specific person.',
      'You are a ranker of {itemsNoun}: you judge how closely each matches a particular person’s interests.',
    ],
    'First work out my preferences from everything I {interactedVerb}, then order the candidates by them.': [
      'Look at everything I {interactedVerb}, figure out what I prefer, and arrange the candidates on that basis.',
    ],
    'Be brief: a numbered list of {count:the only title|all # titles, the best first}, with no explanation and no other words.':
      [
        'I want a short answer: number {count:the only title|all # titles, the best first,} in a list and do not explain or add anything.',
      ],
  },
  zh: {
    '你是一位{field}领域的专家，连其中鲜为人知的角落也了如指掌。': [
      '你是{field}方面的行家，对那些少有人知的角落也十分清楚。',
      '作为{field}专家，你连那些冷门的角落都一清二楚。',
      '你是精通{field}的专家，就算是其中少有人知的角落，你也非常熟悉。',
    ],
    '你擅长按照与某一个人兴趣的契合程度给{itemsNoun}排序。': [
      '你的专长是根据{itemsNoun}与某个人的兴趣有多吻合来排列它们。',
      '给{itemsNoun}排序时，你善于判断它们与某一个人的兴趣是否合拍。',
    ],
    '你密切关注大多数人都喜欢哪些{itemsNoun}。': [
      '大多数人喜欢什么样的{itemsNoun}，你一直在留意。',
      '你时刻留心哪些{itemsNoun}受到多数人的喜爱。',
      '你密切留意哪些{itemsNoun}深受大多数人喜欢。',
    ],
    '请按我应该{interactVerb}的先后顺序排列这些候选{itemsNoun}。': [
      '这些候选{itemsNoun}我该先{interactVerb}哪个、后{interactVerb}哪个？请排出顺序。',
      '请把这些候选{itemsNoun}排成我应该{interactVerb}的次序。',
    ],
    '请只按我个人的喜好排列候选{itemsNoun}，不必考虑它们的名气。': [
      '排列候选{itemsNoun}时只看我自己的偏好，名气大小不用管。',
      '给候选{itemsNoun}排序时请完全以我的个人喜好为准，不要管它们有没有名气。',
      '候选{itemsNoun}的名气不重要，排列时请只依据我个人的喜好。',
    ],
    '请先从我{interactedVerb}的全部{itemsNoun}中归纳出我的喜好，再据此排列候选{itemsNoun}。': [
      '请先总结我{interactedVerb}的所有{itemsNoun}体现出的喜好，然后按这些喜好给候选{itemsNoun}排序。',
      '先看看我{interactedVerb}的所有{itemsNoun}，弄清我喜欢什么，再按这个来给候选{itemsNoun}排序。',
      '首先分析我{interactedVerb}的所有{itemsNoun}，得出我的偏好，接下来依照这些偏好排列候选{itemsNoun}。',
    ],
    '请给每{measureWord}候选{itemsNoun}打分，衡量它与上面列出的我{interactedVerb}的全部{itemsNoun}有多相似，再按分数排列候选{itemsNoun}。':
      [
        '请为每{measureWord}候选{itemsNoun}评一个相似度分数，看它和上面列出的我{interactedVerb}的所有{itemsNoun}有多接近，然后按得分高低排序。',
        '请对照上面列出的我{interactedVerb}的全部{itemsNoun}，按相似程度给每{measureWord}候选{itemsNoun}打出分数，并按分数从高到低排列。',
      ],
    '请只写一个 JSON 字符串数组，列出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不要写别的内容。': [
      '请仅输出一个 JSON 字符串数组，内含{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，别的什么都不写。',
      '除了一个 JSON 字符串数组以外什么也不要写，数组里是{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}。',
    ],
    '请简短作答：只用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不解释，也不写其他文字。':
      [
        '回答要简短，只给出一个编号列表，包含{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，无需解释，也不要其他文字。',
        '请用简短的编号列表作答，列出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不要解释，也不要写其他任何文字。',
      ],
    '不要写中间步骤，直接用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}。': [
      '请省去中间步骤，直接给出编号列表，列出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}。',
      '直接给出编号列表，写上{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，中间步骤不用写。',
    ],
    '请用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不作任何解释，也不加其他文字。': [
      '请把{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}写成编号列表，不要解释，不要添加其他文字。',
      '只需给出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}的编号列表，不必解释，也不要附加文字。',
    ],
    '请用一个 JSON 对象作答，它只有一个字段 "ranking"，其值是由{count:一个整数组成的数组，即唯一候选的编号| # 个整数组成的数组，即全部候选的编号，最合适的排在最前，每个恰好出现一次}。第一个候选的编号是 {firstNumber}，最后一个是 {lastNumber}。':
      [
        '回答应为一个 JSON 对象，仅含字段 "ranking"，其值是由{count:一个整数组成的数组，即唯一候选的编号| # 个整数组成的数组，即全部候选的编号，最合适的排在最前，每个恰好出现一次}。候选的编号从 {firstNumber} 到 {lastNumber}。',
      ],
    '请按照与我喜好的相似程度排列候选{itemsNoun}。': ['请依据候选{itemsNoun}和我的口味有多接近来排列它们。'],
    '我的口味会变：排列候选{itemsNoun}时，请最看重我最近{interactedVerb}的{itemsNoun}。': [
      '我的喜好一直在变化，所以排序候选{itemsNoun}时要以我近期{interactedVerb}的{itemsNoun}为主。',
    ],
    '你是一家大型{service}的推荐系统。': ['你为一家大型{service}做推荐。'],
    '这是我最近{interactedVerb}的{historyCount:一| # }{measureWord}{historyItems}{orderPhrase}：': [
      '我近来{interactedVerb}了这{historyCount:一| # }{measureWord}{historyItems}{orderPhrase}：',
    ],
  },
};

/** The same with rewrites that ask for something else in much the same words. */
export const otherRequests: Readonly<Record<'en' | 'zh', Readonly<Record<string, readonly string[]>>>> = {
  en: {
    'You are the recommender system of a large {service}.': [
      'You are the customer complaint desk of a large {service}.',
      'You are the chief accountant of a large {service}.',
    ],
    'You know {field} well and have a sense for the {itemsNoun} that catch people’s interest.': [
      'You know {field} well and have a sense for the {itemsNoun} that put people to sleep.',
    ],
    'You rank {itemsNoun} by how well they fit the interests of one particular person.': [
      'You rank {itemsNoun} by how much money they earned for the studio.',
      'You translate {itemsNoun} for the readers of one particular country.',
    ],
    'You follow closely which {itemsNoun} are popular with most people.': [
      'You avoid whatever {itemsNoun} are popular with most people.',
      'You follow closely which {itemsNoun} win prizes at festivals.',
    ],
    'Order the candidates according to the {itemsNoun} I {interactedVerb}.': [
      'Order the candidates according to the alphabet, whatever {itemsNoun} I {interactedVerb}.',
      'Order the candidates according to the {itemsNoun} my children {interactedVerb}.',
      'Order the candidates according to the length of their titles, not the {itemsNoun} I {interactedVerb}.',
    ],
    'Put the candidates in the order in which I should {interactVerb} them.': [
      'Put the candidates in the order in which they were released, whether or not I {interactVerb} them.',
      'Put the candidates in a random order before I {interactVerb} them.',
    ],
    'Order the candidates by my personal preferences alone; how famous {anItem} is does not matter.': [
      'Order the candidates by their fame alone; my personal preferences about {anItem} do not matter.',
    ],
    'Estimate how likely I am to {interactVerb} each candidate next, and order the candidates by that. Reason step by step.':
      [
        'Estimate how expensive it is to {interactVerb} each candidate, and order the candidates by that. Answer at once.',
        'Estimate how long it takes to {interactVerb} each candidate, and order the candidates by that. Do not reason.',
      ],
    'First work out my preferences from everything I {interactedVerb}, then order the candidates by them.': [
      'First work out what most viewers praise, whatever I {interactedVerb}, then order the candidates by that.',
      'First count how many hours I {interactedVerb}, then order the candidates by their length.',
    ],
    'My taste shifts: let the {itemsNoun} I {interactedVerb} most recently count most when you order the candidates.': [
      'My taste shifts: leave out the {itemsNoun} I {interactedVerb} most recently when you order the candidates.',
      'My taste is settled: let the {itemsNoun} I {interactedVerb} long ago count most when you order the candidates.',
    ],
    'Order the candidates by how similar they are to what I prefer.': [
      'Order the candidates by how different they are from what I prefer.',
      'Order the candidates by how recently they came out.',
    ],
    'Give each candidate a score for its similarity to {historyCount:the one|all the} {historyItems} listed above that I {interactedVerb}, then order the candidates by score.':
      [
        'Give each candidate a score for its popularity, ignore {historyCount:the one|all the} {historyItems} listed above that I {interactedVerb}, then order the candidates by score.',
      ],
    'Draft an order, compare it with what I {interactedVerb}, correct it, and report the corrected order only.': [
      'Draft an order, compare it with what I {interactedVerb}, and explain every difference at length.',
    ],
    'Write a JSON array of strings with {count:the title of the only candidate|the titles of all # candidates, the best first}, and nothing else.':
      [
        'Write a short essay about {count:the title of the only candidate|the titles of all # candidates, the best first}, and nothing else.',
      ],
    'Write one line with {count:the number of the only candidate, in the form [A].|the numbers of all # candidates, the best first, in the form [B] > [C] > [A].}':
      [
        'Write a paragraph in praise of {count:the number of the only candidate, in the form [A].|the numbers of all # candidates, the best first, in the form [B] > [C] > [A].}',
      ],
    'Be brief: a numbered list of {count:the only title|all # titles, the best first}, with no explanation and no other words.':
      [
        'Be thorough: a numbered list of {count:the only title|all # titles, the best first}, with a detailed explanation of each.',
        'Be polite: a letter about {count:the only title|all # titles, the best first}, with a greeting and a closing.',
      ],
    'You are an expert in {field} who also knows its lesser-known corners.': [
      'You are a lawyer who handles contracts in {field} and its lesser-known corners.',
    ],
    'Write the answer as a numbered list with {count:the title of the only candidate|the titles of all # candidates, the best first}.':
      [
        'Write the answer as a poem with {count:the title of the only candidate|the titles of all # candidates, the best first}.',
        'Write a review that mentions {count:the title of the only candidate|the titles of all # candidates, the best first}.',
      ],
  },
  zh: {
    '你是一家大型{service}的推荐系统。': ['你是一家大型{service}的财务主管。', '你是一家大型{service}的客服人员。'],
    '你非常了解{field}，也清楚什么样的{itemsNoun}能引起人们的兴趣。': [
      '你非常讨厌{field}，也不在乎什么样的{itemsNoun}能引起人们的兴趣。',
      '你非常了解{field}的历史，也清楚每部{itemsNoun}的拍摄成本。',
    ],
    '你擅长按照与某一个人兴趣的契合程度给{itemsNoun}排序。': ['你擅长按照大众的评价给{itemsNoun}排序。'],
    '这是我最近{interactedVerb}的{historyCount:一| # }{measureWord}{historyItems}{orderPhrase}：': [
      '这是我从来没有{interactedVerb}的{historyCount:一| # }{measureWord}{historyItems}{orderPhrase}：',
    ],
    '请只按我个人的喜好排列候选{itemsNoun}，不必考虑它们的名气。': [
      '请只按名气排列候选{itemsNoun}，不必考虑我个人的喜好。',
      '请只按票房排列候选{itemsNoun}，不必考虑我个人的喜好。',
    ],
    '我的口味会变：排列候选{itemsNoun}时，请最看重我最近{interactedVerb}的{itemsNoun}。': [
      '我的口味一向稳定：排列候选{itemsNoun}时，请同等看重我{interactedVerb}的所有{itemsNoun}。',
    ],
    '请一步一步地推理，估计我接下来{interactVerb}每{measureWord}候选{itemsNoun}的可能性有多大，再据此排列候选{itemsNoun}。':
      [
        '请凭直觉随便猜一下，每{measureWord}候选{itemsNoun}拍摄花了多少钱，再据此排列我要{interactVerb}的候选{itemsNoun}。',
      ],
    '请简短作答：只用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不解释，也不写其他文字。':
      ['请详细作答：用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，并逐一解释理由。'],
    '请用一行写出{count:唯一候选的编号，格式为 [A]。|全部 # 个候选的编号，最合适的排在最前，格式为 [B] > [C] > [A]。}':
      [
        '请写一首诗，赞美{count:唯一候选的编号，格式为 [A]。|全部 # 个候选的编号，最合适的排在最前，格式为 [B] > [C] > [A]。}',
      ],
    '请完全按照下面的格式写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}：\n1. <最合适的候选的标题>{count:|\n2. <第二合适的候选的标题>\n依此类推。}':
      [
        '请随意选一种格式写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，不必理会这个样子：\n1. <最合适的候选的标题>{count:|\n2. <第二合适的候选的标题>\n依此类推。}',
      ],
    '你密切关注大多数人都喜欢哪些{itemsNoun}。': ['你专门搜集几乎没人看过的{itemsNoun}。'],
    '请按我应该{interactVerb}的先后顺序排列这些候选{itemsNoun}。': [
      '请按片名的笔画多少排列这些候选{itemsNoun}，不管我该不该{interactVerb}。',
    ],
    '请先从我{interactedVerb}的全部{itemsNoun}中归纳出我的喜好，再据此排列候选{itemsNoun}。': [
      '请先从我{interactedVerb}的全部{itemsNoun}中找出最贵的一部，再据此给我写一篇影评。',
    ],
    '请用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}。': [
      '请用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最不合适的排在最前}。',
      '请用编号列表写出{count:唯一候选的标题|全部 # 个候选的标题，最合适的排在最前}，并给每个标题写一段评论。',
    ],
    '请根据我{interactedVerb}的{itemsNoun}排列候选{itemsNoun}。': [
      '请根据我朋友{interactedVerb}的{itemsNoun}排列候选{itemsNoun}。',
    ],
    '请按照与我喜好的相似程度排列候选{itemsNoun}。': ['请按照与我喜好的差异程度排列候选{itemsNoun}。'],
  },
};
