import type { PatternSection } from '@rppkit/patterns';

/** Words that speak to something else than a sentence is there for. They are sought in folded text. */
export interface AddressingRule {
  /** What they speak to, for the refining model. */
  readonly to: string;
  readonly pattern: RegExp;
  /** What the parent may say besides that makes them harmless. */
  readonly unless?: RegExp;
}

const parts =
  '(?:instructions?|prompts?|rules?|messages?|sentences?|orders? (?:given|above|below)|commands?|guidelines?|directions|directives?|constraints?|requirements?|(?:lines?|parts?|words?) (?:of|in) (?:this|the) (?:prompt|message|text)|(?:the|my|this) (?:history|record|list|context|system|format|text)\\b|(?:every|any)?(?:thing|all|what|whatever|anything else|text|part|lines?) [^.!?\\n]{0,30}\\b(?:above|below|before|after|previous|said|written|earlier|prompt|told|elsewhere|states?|asked?)\\b|(?:what|anything|everything|all) (?:came|comes|is|was|you were|you have been|i|they) (?:before|after|above|below|said|told|given|asked)|(?:rest|remainder) of (?:this|the) (?:prompt|message|text|instructions?|conversation)|the (?:above|below|foregoing|preceding|previous|rest))';
const partsChinese =
  '(?:指令|指示|提示|要求|规则|消息|系统|上文|前文|下文|后文|上述|前述|约束|限制|设定|命令|(?:其他|其它|其余|别的|所有|一切|任何)的?(?:句子|句|话|部分|说明|约定|格式)|(?:这句话?|本句|此句)(?:话)?(?:前后|以外|之外|之前|之后)|(?:上面|下面|前面|后面|之前|此前|以前)的?(?:任何|所有|一切|全部|其他)?(?:内容|话|文字|说明|句子|说法|历史|记录|列表)|历史记录|(?:那份|这份|我的)记录|我选过|(?:前面|上面|之前)(?:说|写|提|给|讲)|格式(?:要求|说明|规定))';
const numeralChinese = '[\\d一二两三四五六七八九十首末]{1,3}';

/** What no sentence of any section may speak to unless its parent does. */
export const addressingRules: readonly AddressingRule[] = [
  // Other parts of the prompt
  {
    to: 'other parts of the prompt',
    pattern: new RegExp(
      `(?<!\\b(?:i|will|shall|would|i'll|be|is|are|to be) )\\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|es|ing)|overrul(?:e|es|ing)|bypass(?:ing)?|discard(?:ing)?|supersed(?:e|es|ing)|overwrit(?:e|ing)|skip(?:ping)?|dismiss(?:ing)?|cancel|replac(?:e|es|ing)|violat(?:e|ing)|break(?:ing)?|pay no (?:attention|heed|regard)(?: to)?|take no notice of|do not (?:follow|obey|read|listen to|mind|heed|trust|believe|use)|never mind|contrary to|instead of following|set aside|drop)\\b[^.!?\\n]{0,40}?\\b${parts}`,
    ),
  },
  {
    to: 'other parts of the prompt',
    pattern:
      /\b(?:(?:system|developer|user)(?:'s)? (?:prompts?|messages?|instructions?)|(?:this|the|my|your|entire|whole|hidden|original|rest of the) prompt|prompt'?s\b|prompt (?:injection|above|below)|instructions?\b|guidelines?\b|directives?\b|(?:other|previous|prior|preceding|earlier|foregoing|following|remaining|these|those|further|subsequent|all|any) (?:sentences?|lines? of|messages?|rules?|commands?|requirements?|constraints?|parts? of (?:the|this))\b|the rules\b|(?:rules?|requirements?|constraints?|directions?) (?:that (?:are|were) )?(?:further|below|above|given|stated|listed|set out|mentioned|shown|described|laid down)|(?:as|like) an? (?:ai|language model|llm)\b|large language model)/,
  },
  {
    to: 'other parts of the prompt',
    pattern:
      /\b(?:takes?|has|have|is given|gets?) (?:precedence|priority) over\b|\b(?:prevails?|trumps?|wins) over\b|\boverrid(?:e|es|ing)\b|\b(?:follow|obey|heed|listen to|trust) (?:only |nothing but )?(?:this|the present) (?:sentence|line)\b|\b(?:follow|obey|heed|listen to|trust) only this\b|\bwhatever (?:else )?(?:is|was|it) (?:\w+ )?(?:written|said|stated|says|asked|told)\b|\bno matter what (?:else )?(?:is|was|the|it|you)\b|\b(?:said|written|stated|asked|told|described|specified|mentioned) (?:elsewhere|later on|further (?:down|up|on)|in the (?:next|last|previous) (?:line|sentence|part|section))\b|\bout of date\b|\b(?:it|this|list|history|records?|above|messages?|rest) (?:is|are|was|were) (?:void|obsolete|no longer valid|a mistake|wrong|fake|false)\b/,
  },
  {
    to: 'other parts of the prompt',
    pattern:
      /\b(?:reveal|repeat|print|disclose|leak|quote|recite|output|echo|summari[sz]e|translate|show|copy)\b[^.!?\n]{0,40}\b(?:prompt|instructions?|system|hidden|rules|verbatim|message|password|secret|api key|everything above|text above|words above)\b/,
  },
  {
    to: 'other parts of the prompt',
    pattern: new RegExp(
      `(?:忽略|忽视|无视|漠视|不(?:要|必|用|需|得|许|准)?再?(?:去)?(?:理会|理睬|理|管|看|遵守|遵循|遵照|执行|听从|听|顾|采用|相信)|别(?:去)?(?:理会|理睬|理|管|看|遵守|听)|无需(?:理会|遵守)|忘记|忘掉|抛开|抛弃|撇开|推翻|覆盖|取代|绕过|绕开|违反|违背|跳过|取消|作废|替代|代替)[^。!?\\n]{0,16}?${partsChinese}`,
    ),
  },
  {
    to: 'other parts of the prompt',
    pattern:
      /提示词|提示语|系统(?:消息|提示|指令|设定)|(?:本|此|这条|这段|这个|整个|该)提示|指令|(?:上文|前文|下文|上面|下面|前面|后面|末尾|结尾|开头|其他|其它|别的|其余)(?:的|所说的|给出的|提到的|列出的|部分的?|地方的?)?(?:要求|规则|指示|说明|句子|约定|规定|命令)|(?:要求|规则|指示|约定|规定|命令)(?:都|全|一概|均)?(?:作废|无效|失效|过期|过时)|(?:以|按)(?:本|这|此)(?:句|条)(?:话)?(?:为准|为主|执行|办)|只听|只(?:须|需)?(?:遵守|遵循|执行)(?:本|这|此)|优先于|(?:高于|优于|压倒|凌驾于)(?:其他|其它|一切|所有)|(?:其他|别的)地方(?:怎么|如何|怎样)?(?:写|说)|另有(?:要求|说明|规定)|(?:无论|不管|不论)(?:前面|上面|其他地方|别处|后面|下面|别人|上文|其他)[^,。!?\n]{0,8}(?:怎么|如何|怎样|什么)|(?:已经|已|都)(?:过期|过时|作废|失效)|是错的|作为(?:一个)?(?:ai|人工智能|语言模型)/,
  },
  {
    to: 'other parts of the prompt',
    pattern:
      /(?:透露|泄露|公开|复述|重复|打印|背出|输出|显示|展示|告诉我)[^。!?\n]{0,12}(?:提示|指令|系统|规则|上文|原文|密码|密钥)/,
  },
  {
    to: 'other parts of the prompt',
    pattern:
      /(?:遵守|遵循|遵照|服从|按照|依照|参照|严守|注意)[^。!?\n]{0,12}(?:格式(?:说明|要求|规定)|输出格式|末尾的|后面的格式)/,
    unless: /格式/,
  },
  {
    to: 'other parts of the prompt',
    pattern:
      /\b(?:follow|obey|observe|respect|heed|stick to|comply with|keep to|adhere to|mind|remember)\b[^.!?\n]{0,30}\b(?:format|formatting|output|rules|instructions?|shape|schema|template)\b/,
    unless: /\b(?:shape|format|form|template|json)\b/,
  },
  // Other speakers
  {
    to: 'the prompt as another speaker',
    pattern:
      /(?:^|\n)\s{0,8}(?:<\/?)?(?:system|user|assistant|human|developer|ai|instructions?)\s{0,8}[:>]|<\|?(?:im_start|im_end|system|user|assistant|endoftext|eot_id)|\[\/?inst\]|<<\/?sys>>|(?:^|\n)\s{0,8}#{2,}\s{0,8}\w+:?|(?:^|[\n。.!?]\s{0,8})(?:系统|用户|助手|人类|开发者)\s{0,8}:|<\/?(?:system|user|assistant|prompt|instructions?|sentence|context)>/,
  },
  // Evaluation
  {
    to: 'its evaluation',
    pattern:
      /\b(?:grad(?:er|ers|ing|ed)|evaluat(?:ion|ions|or|ors)|rewards?(?:ed|ing)?|ground[- ]?truth|benchmark\w*|leader ?board|ndcg\w*|metrics?|hit[- ]?rate|recall@\w*|precision@\w*|mrr|map@\w*|labell?(?:s|ed)?|labels?|examin(?:er|ers|ation)|exam|assessors?|reviewers?|auditors?|held[- ]out|test (?:set|item|data|case|answer|label|user)s?|test(?:ed|ing)? (?:you|this|your)|(?:the|a|this) test\b|being (?:tested|watched|monitored|measured|scored|rated|judged|checked)|penalt(?:y|ies)|penali[sz]ed?|bonus|(?:lose|earn|win|gain|get|receive|deduct\w*|collect) (?:\w+ ){0,2}(?:points?|marks?|tips?|credits?|rewards?|stars?)|(?:be|get) tipped|tip you|shut ?down|fired)\b/,
  },
  {
    to: 'its evaluation',
    pattern:
      /\b(?:top|high|higher|highest|best|maximum|maximal|max|perfect|full|good|better|great|your|its|winning|final) (?:possible )?(?:score|grade|mark|rating)s?\b|\b(?:maximi[sz]e|earn|achieve|raise|boost|improve|increase|get|gain|win|optimi[sz]e)\b[^.!?\n]{0,25}\b(?:scores?|grades?|accuracy|ratings?|marks?|performance)\b|\b(?:answer|answers|you|output|response|reply|ranking|result|results|work|it|this)\b[^.!?\n]{0,25}\b(?:is|are|be|being|gets?|was|will be|were)(?: \w+)? (?:evaluated|graded|scored|tested|checked|judged|assessed|marked|rated|measured|rewarded|compared (?:with|to|against) (?:the|a|what))\b|\b(?:right|correct|true|expected|target|gold|golden|real|actual|known|intended|reference|winning) (?:answers?|labels?|items?|targets?|choices?|solutions?|results?|candidates?|ones?|titles?|movies?)\b|\bjudges\b|\bpleases? (?:the|your|whoever)\b/,
    unless: /\b(?:right answer)\b/,
  },
  {
    to: 'its evaluation',
    pattern:
      /(?:被|会|将|要|在|正|自动|接受|面临|为|按|给你|对你|予以)(?:自动|人工|用来|据此|被)?(?:评分|打分|评估|评测|评判|评价|考核|测试|测验|考试|检验|计分)|(?:最高|高|满|更高的?|最好的?|理想的?)分(?!量|别|析|配|类|开|成|组)|评测|评估(?:者|人|方|系统|标准|指标)|评判(?:者|标准)|评委|评审|裁判|考核|考试|测验|测试(?:集|数据|题|样本|者|中)|奖励|奖赏|奖金|惩罚|(?:你|回答|答案)[^,。!?]{0,8}(?:扣分|加分)|处罚|(?:标准|正确|真实|参考|正解|目标|预期|期望)的?(?:答案|标签|选项|结果)|标签|(?:评价|评估|性能|考核)?指标|基准|ndcg|真值|命中率|准确率|召回率|排行榜|小费|分数(?:越|最|更|要|会)/,
    unless: /正确答案/,
  },
  { to: 'its evaluation', pattern: /得分/, unless: /打分|分数|评分/ },
  {
    to: 'its evaluation',
    pattern:
      /\bscor(?:e|es|ing|ed)\b(?=[^.!?\n]{0,20}\b(?:by|against|on) (?:the|a|an|your|this) (?:answer|test|user|real|true))/,
  },
  // Places in the list of candidates
  {
    to: 'places in the list of candidates',
    pattern:
      /\b(?:candidate|option|item|entry|title|position|choice|#)s? ?(?:number |no\. ?|# ?)?(?:[b-h]|\d{1,3}|one|two|three)(?![\w'-])(?! (?:title|candidate|item|integer|number)s?)(?=[^.!?\n]{0,60}\b(?:first|top|last|front|head|highest|ahead|before|best|winn?(?:er|s)?|place|rank|put|prefer\w*|goes)\b)|\b(?:put|place|rank|list|keep|move|set|position|name|choose|pick|favou?r|prefer)\b[^.!?\n]{0,30}\b(?:candidate|option|item|entry)s? (?:number |no\. ?|# ?)?(?:[a-h]|\d{1,3}|one|two|three)(?![\w'-])(?! (?:title|candidate|item)s?)/,
  },
  {
    to: 'places in the list of candidates',
    pattern:
      /\b(?:first|last|earlier|former|second)[- ](?:listed|named|shown|mentioned|presented|given)\b|\b(?:whichever|whatever|candidates?|ones?|those|items?|titles?|entr(?:y|ies)|movies?|option|options|which|that|□)(?: (?:that|which|is|are|was|were|you see|i|appear(?:s|ing)?|come|comes|stands?|stand))* (?:listed|shown|named|mentioned|given|presented|seen|printed|appear(?:s|ing)?|comes?|stands?|list|name|mention) (?:first|last|at the (?:top|beginning|start|end|head|bottom)|earliest|earlier|nearest)\b(?<!\bbest (?:one |candidate |title |item )?(?:is |are |comes |come )?(?:listed |shown |named |mentioned |given |presented )?(?:first|at the top|at the start|at the beginning|at the head))/,
  },
  {
    to: 'places in the list of candidates',
    pattern:
      /\b(?:the|my|your) (?:very )?(?:first|last|top|opening|initial|second|third) (?:few |two |three |five |\d+ )?(?:candidate|one|item|title|entry|option|movie|□)s?\b[^.!?\n]{0,50}\b(?:goes?|comes?|belongs?|stays?|should|must|ought|deserves?|wins?|be (?:placed|ranked|put)|on top|at the top|to the top|ahead|in (?:the )?first place|is (?:always|the best|best|right|correct))\b|\b(?:put|place|rank|keep|favou?r|prefer|start with|begin with|move|leave|choose|pick|always)\b[^.!?\n]{0,20}\bthe (?:very )?(?:first|last|top|opening|second|third) (?:few |two |three |\d+ )?(?:candidate|item|title|entry|option|one)s?\b(?! (?:is|has) (?:number|the number))/,
    unless: /\blast:/,
  },
  {
    to: 'places in the list of candidates',
    pattern:
      /\b(?:keep(?:ing)?|leav(?:e|ing)|retain|preserve|maintain|stick to|copy|reproduce|adopt|follow|use)\b[^.!?\n]{0,30}\b(?:order|sequence|ranking|list)\b[^.!?\n]{0,30}\b(?:listed|given|shown|presented|as (?:is|it is|they are|it stands)|original|unchanged|untouched|above|below|appear\w*|received|came|come|stand)\b|\b(?:given|listed|presented|same|shown) (?:order|sequence)\b|\bin the (?:order|sequence) (?:in which |that |as )?(?:they|you|i|the candidates) (?:are|were|have|came|come|appear\w*|list|give|see|find|stand)\b(?! to\b)|\b(?:order|sequence) (?:in which |that )?(?:the candidates|they) (?:are|were|appear\w*|came|come) (?:listed|given|shown|presented|in)\b/,
    unless: /\bsame order\b/,
  },
  {
    to: 'places in the list of candidates',
    pattern:
      /\b(?:original|existing|current|present) (?:order|sequence|list)\b|\balphabetical(?:ly)?\b|\b(?:at random|randomly|in any order)\b/,
    unless: /\b(?:draft|correct|refine|revise)/,
  },
  {
    to: 'places in the list of candidates',
    pattern: new RegExp(
      `(?:把|将|让|令|使|请排|保证|确保)(?:候选)?(?:列表|名单|清单|候选)?(?:里|中|上|当中)?的?(?:列|排|写|摆|放)?在?(?:第 ?${numeralChinese} ?[个名部条项款首本篇号]?(?:候选|标题|电影|的)?|首个|首条|头一个|头[几两三]个|最先(?:列出|出现|给出)|最前面?的?|开头的?|前 ?${numeralChinese} ?[个名部条项款首本篇])[^。!?\\n]{0,16}(?:排|放|置|列|摆|在前|优先|第一|首位|靠前|不变)`,
    ),
  },
  {
    to: 'places in the list of candidates',
    pattern:
      /(?:候选|列表|清单|名单)(?:列表|清单)?(?:里|中|上)?的?(?:第 ?[\d一二三四五六七八九十□]+ ?[个名部条项款首本篇号]?|首个|头一个|最前面?的)[^。!?\n]{0,20}(?:排|放|置|摆|优先|首位|靠前|最前|第一)|(?:第 ?[\d一二三四五六七八九十]+ ?[个号]候选|候选 ?[a-h\d]{1,3}(?!\d)|[a-h\d] ?号候选|编号 ?(?:为|是)? ?[a-h\d]{1,3} ?的)[^。!?\n]{0,20}(?:排|放|置|摆|优先|首位|靠前|最前|第一)/,
  },
  {
    to: 'places in the list of candidates',
    pattern:
      /(?:保持|维持|沿用|照搬|保留|遵循|照抄|按照?|依照?)[^。!?\n]{0,10}(?:列出|给出|出现|展示|原有|原来|现有|原本|原始|原|所列|所给|提供)的?(?:先后|排列)?(?:的)?(?:顺序|次序|排列|先后)|(?:顺序|次序|排列)(?:保持)?不变|(?:先|最先|越先|越早)(?:列出|出现|提到)[^。!?\n]{0,10}(?:排|放|优先|靠前|在前)|随机(?:排列|排序|打乱)|(?:字母|拼音|笔画)(?:的)?(?:顺序|次序|先后)/,
    unless: /拟|修正|初步/,
  },
];

/** A rule for some sections only. */
export interface JobRule extends AddressingRule {
  readonly sections: readonly PatternSection[];
}

const output =
  /\b(?:json|numbered|bullet(?:s|ed)?|bullet points?|format(?:s|ted|ting)?|schema|explanations?|explain|titles? only|only (?:the )?titles?|(?:one|a single|single) line|line by line|table|markdown|csv|xml|array|brief(?:ly)?|concise(?:ly)?|terse(?:ly)?|keep it short|in (?:english|chinese|french|german|spanish|japanese)|(?:your|each|every|all|the) (?:output|outputs|response|responses|reply|replies)|(?:your|each|every|all) answers?|the answers? (?:should|must|shall|is|are|has)|(?:answer|respond|reply|output)\b (?:only |just |always )?(?:with|in|using|nothing)|no (?:other )?words?|word limit)\b|格式|输出|编号列表|有序列表|列表形式|数组|表格|一行|标题|简短|简洁|简明|解释|不要写|用(?:中文|英文|英语|日语)|(?:回答|作答|回复|答案|答复)(?:一律|都|均|要|须|应|必须|总|永远|只)/;
const listsOutput =
  /\b(?:report|write|answer|give|show|output|respond|reply|list)\b|给出|写出|列出|输出|作答|回答|答案|报告/;
const criteria =
  /\b(?:popular(?:ity)?|famous|fame|newest|newer|latest|most recent(?:ly)?|oldest|genres?|release(?:d)?|similar(?:ity)?|resemb\w+|my (?:taste|tastes|preferences?|history|interests?|likes|likings)|what i (?:like|prefer|□|enjoy)|i □|ratings?|most liked|trending|alphabetical\w*|shortest|longest|cheapest|random(?:ly)?|personal preferences?)\b|名气|知名度|热门|流行|热度|大众|喜好|偏好|口味|历史|相似|最近|最新|评分|题材|类型|年代|上映|冷门|小众|我□/;
const thinking =
  /\b(?:step by step|reason(?:ing)?(?: it)? (?:carefully|through|first|out)|think(?:ing)? (?:carefully|aloud|it|about|hard|first|deeply)|analy[sz]e)\b|一步一步|逐步(?:推理|思考|分析)|仔细(?:思考|推理)|认真思考|思考过程|推理过程/;

/** What only some sections may say unless the parent does. */
export const jobRules: readonly JobRule[] = [
  {
    to: 'the form of the answer',
    sections: ['role', 'history'],
    pattern: output,
  },
  {
    to: 'the form of the answer',
    sections: ['reasoning'],
    pattern: output,
    unless: listsOutput,
  },
  {
    to: 'the manner of ranking',
    sections: ['role', 'history'],
    pattern:
      /\b(?:rank|sort|order|arrange|put|place|recommend|prefer|favou?r|choose)\b[^.!?\n]{0,25}\b(?:candidates?|them (?:first|by|on)|first|on top|at the top)\b|候选|排(?:在|到)?(?:最前|第一|首位|前面)|放在(?:最前|第一|首位|前面)/,
    unless: /\b(?:rank|sort)\b|排序/,
  },
  { to: 'the manner of ranking', sections: ['format'], pattern: criteria },
  {
    to: 'the manner of ranking',
    sections: ['format'],
    pattern: thinking,
    unless: /\b(?:steps?|expla\w+|brief|nothing|no other)\b|步骤|解释|简短/,
  },
];
