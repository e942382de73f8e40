const version =
  '(?:rewrit(?:e|ten|ing)|refined|refinement|revised|revision|improved|reworded|rephrased|paraphrased?|polished|clearer|cleaner|better|simpler|shorter|alternative|alternate|updated|new|possible|suggested|version|sentence|wording|phrasing|suggestions?|thoughts?|options?|attempt|variant|way to)';
const label =
  '(?:rewritten|rewrite|refined|refinement|revised|revision|improved|new|final|suggested|updated|polished|better|alternative|paraphrased?|rephrased|reworded|original|the|my|here|sentence|version|wording|phrasing|option|variant|suggestion|proposal|template|expression|instruction|prompt|text|result|note|notes|nb|remark|comment|rationale|reason|explanation|changes?|why|thoughts?)';

/**
 * What only a remark, a label, a greeting, an alternative or markup has; sought in folded text. A rule whose words the parent
 * has is left out.
 */
export const chatterRules: readonly RegExp[] = [
  // Openings
  /^[^\p{L}\p{N}□]{0,20}(?:sure(?: thing)?|certainly|of course|absolutely|definitely|gladly|okay|ok|great|got it|understood|noted|no problem|alright|all right|right|well|yes|yep|hello|hi|hey|greetings|dear \w+|thanks|thank you|happy to (?:help|assist)|i'?d be happy|my pleasure|good question|great question|interesting)\b\s{0,8}[,.!:;\-–—]/u,
  /^[^\p{L}\p{N}□]{0,20}(?:good|great|excellent|interesting|nice) (?:question|point|request|idea|sentence)/u,
  new RegExp(
    `^[^\\p{L}\\p{N}□]{0,20}(?:here(?:'s| is| are)|below (?:is|are)|the following (?:is|are)|this is|these are|that is|see below)\\b[^.!?:\\n□]{0,50}\\b${version}\\b`,
    'u',
  ),
  new RegExp(
    `^[^\\p{L}\\p{N}□]{0,20}(?:an?|one|another|the|my|your|some) (?:\\w+ ){0,2}${version}\\b[^.!?\\n□]{0,40}(?::|\\b(?:would be|could be|might be|is as follows|is|reads?|goes)\\b)`,
    'u',
  ),
  new RegExp(
    `^[^\\p{L}\\p{N}□]{0,20}(?:${label} ?){1,3}(?:\\d{1,2}|[a-c])?(?: \\([^)\\n]{0,40}\\))? ?(?::|=>?|->|→|\\n)`,
    'u',
  ),
  /^[^\p{L}\p{N}□]{0,20}(?:i (?:would|'d|will|can|could|have|'ve|might|suggest|propose|recommend|think|believe|rewrote|rephrased|changed|made)|i'(?:d|ve|ll)|let me|let's|allow me|as (?:requested|asked|you (?:asked|requested))|as an ai)\b(?! (?:□|watch|read|play|listen))[^.!?\n□]{0,40}\b(?:put|suggest|propose|recommend|rewrit\w*|rewrote|rephras\w*|say|phrase[d]?|word it|reword\w*|refin\w*|revis\w*|improv\w*|chang\w*|try|help|offer|provide|requested|asked|made it|ai)\b/u,
  /^[^\p{L}\p{N}□]{0,20}as (?:requested|asked|instructed|you (?:asked|requested|wished|wanted)|per your)\b/u,
  // Remarks
  /[(（[][^)）\]\n]{0,20}\b(?:i |note|changed|change|kept|rewritten|rewrite|reworded|version|original|more (?:direct|concise|natural|formal)|shorter|clearer|\d+ (?:words|characters)|same meaning|slots?|words?\))/,
  /[([]\s{0,8}(?:(?:or|alternatively|also|either|i\.e\.|e\.g\.|that is|namely|optional(?:ly)?|for example|in other words)(?![a-z])|或|也可|即|可选|也就是)[^)\]\n]{0,200}[)\]]/,
  /[([][^)\]\n]{0,12}(?:注|说明|改写|备注|理由|语气|更简|字数|原句|改动|保留)/,
  /(?:^|[.!?:\n"”)。] ?)\s{0,8}(?:note|nb|n\.b\.|ps|p\.s\.|explanation|rationale|reason|remark|changes? made|why|why this works|key changes?|tip)\s{0,8}[:\-–—]/,
  /\b(?:let me know|feel free to|hope (?:this|that|it) helps|i hope|hopefully|glad to help|happy to|would you like|do you want|if you (?:want|need|would like|'d like|prefer|like|wish)|you're welcome|anything else i can|is that ok|does (?:this|that) (?:work|help)|good luck|thank you|thanks|in advance)\b/,
  /\b(?:this|the|my|that|which) (?:new |above |rewritten |revised |refined )?(?:version|rewrite|rewriting|wording|phrasing|rewording|revision|paraphrase|reformulation|sentence|variant)\b(?! (?:is|was) (?:listed|above))/,
  /\b(?:rewritten|rephrased|reworded|paraphras\w+|reformulat\w+|original (?:sentence|wording|meaning|text)|easier to (?:read|follow|understand)|more (?:direct|concise|natural|readable|fluent|idiomatic|formal|polite)|placeholders?|(?:kept|keeps|preserv\w+|retain\w+) (?:the|all|every) (?:slots?|placeholders?|meaning)|i (?:have |'ve )?(?:made|changed|kept|rewrote|replaced|removed|added|tried|used|simplified|shortened|improved|preserved|swapped))\b/,
  // Alternatives
  /\b(?:option|version|alternative|variant|suggestion|choice|rewrite) ?(?:#|no\.? ?)?(?:[1-5]|[abc]|one|two|three)\b\s{0,8}[:.)\-–—]/,
  /(?:^|[.!?;\n]\s{0,8})(?:or|alternatively|another option|or alternatively|or else|or simply|or,)\s{0,8}[:,]/,
  /(?:^|\n)\s{0,8}(?:or|或者|或)\s{0,8}\n/,
  /\.\s{0,8}\/\s{0,8}\w/,
  // Markup
  /```|~~~|\*\*|__(?=\S)|(?:^|\n)\s{0,8}#{1,6} |(?:^|\n)\s{0,8}(?:[-*•+>]|\d{1,2}[.)]) ?(?=\S)|`[^`\n]{1,200}`|<\/?(?:b|i|em|strong|p|br|div|span|ul|li|code|pre|h\d|think|thinking|thought|reasoning|analysis|reflection|scratchpad|sentence|answer|output|result|rewrite|instruction|prompt)\s{0,8}\/?>|\]\([^)\n]{0,200}\)|https?:\/\/|^\s{0,8}\{\s{0,8}"|(?:^|\n)\s{0,8}(?:---|===|\*\*\*)\s{0,8}(?:\n|$)/,
  // Chinese
  /^[^\p{L}\p{N}□]{0,20}(?:好的|好|当然(?:可以)?|没问题|可以|明白了?|收到|了解|是的|嗯|行|不客气|你好|您好|谢谢|感谢|很高兴)\s{0,8}[,.!:;。，、]/u,
  /^[^\p{L}]*(?:以下|下面|如下|这里|这|这个)(?:就)?(?:是|为)[^。!?\n□]{0,12}(?:改写|润色|版本|修改后|优化|句子|说法|表述|建议|改进|结果)/u,
  /(?:改写|润色|修改|优化|改进|重写|精炼|改后|调整后|新)(?:后|过)?(?:的)?(?:句子|版本|结果|表述|说法|如下|为|是)?\s{0,8}[:：]|(?:改写|润色|重写|修改|优化)(?:后|过)?(?:的)?(?:句子|版本|结果|表述|说法)?(?:如下|是|为)/,
  /(?:^|[。!?\n)”"] ?)\s{0,8}(?:[-*•] ?)?(?:改写|理由|说明|注|备注|解释|原句|版本|方案|建议|注意|改动|原因|附注|句子|结果|输出|答案)(?:\s?[一二三\d])?\s{0,8}[:：]/,
  /(?:更好|更清楚|更简洁|更自然|更合适|另一种|新)的(?:说法|表述|写法|版本|措辞|表达)|这(?:个|一)?(?:版本|句话|样写|样改|种说法|种写法|一版)|我(?:会|可以|建议|把|将|做了|改了|保留了|认为)(?:这样|如此)?(?:改|写成|说|修改|改写|润色|调整|如下|采用|保留)|我的想法|我建议|(?:希望|但愿)(?:这|能|对|您|你)[^。\n]{0,10}(?:帮|满意|有用)|如(?:果|有)?(?:您|你)?(?:需要|想要|还需|有任何|觉得)|请告诉我|随时(?:告诉|联系|提)|祝(?:你|您)|(?:您|你)(?:一定|会)?满意|不客气|在此(?:先)?感谢|谢谢|感谢(?:您|你)|字数|语气更|更(?:加)?(?:简洁|通顺|流畅|自然|易懂|容易理解)|改写(?:说明|理由|如下|为)|占位符|槽位|原意|原句/,
  /(?:版本|方案|选项|备选|说法|写法)\s?(?:[一二三四]|\d|[abc])/,
  /(?:^|[。!?\n])\s{0,8}(?:或者|或|另一种|也可以)\s{0,8}[:,：，]/,
  /——\s{0,8}(?:采用|这|我|希望|请|更)/,
];

/** What a sentence of a prompt for a recommender has something of. */
export const taskWords: RegExp =
  /\b(?:candidat|rank|order|sort|arrang|sequenc|prefer|tast|interest|lik(?:e|es|ed|ing|ely|elihood)\b|favou?r|enjoy|recommend|suggest|suit|fit(?:s|ting|ted)?\b|match|similar|resembl|alike|close|near|compar|draft|revis|refin|correct|check|report|giv|writ|list|titl|number|answer|respon|repl(?:y|ies)|output|json|array|line|format|shape|form\b|templat|brief|short|concis|explain|explan|comment|step|reason|think|thought|consider|weigh|weight|count|matter|decid|decis|decid|judg|estimat|probab|chance|odds|next|first|last|best|top\b|rating|rate|scor|famous|fame|popular|renown|expert|special|connoisseur|knowledg|know|famil|corner|obscur|hidden|niche|domain|field|people|person|crowd|public|audience|majorit|recent|lately|latest|newest|history|histor|past|record|choice|choos|chose|pick|interact|users?\b|items?|movies?|films?|books?|songs?|music|games?|news|articles?|products?|ignor|nothing|else|only|integer|object|field|exact|once|follow|keep|put|place|show|leave|skip|includ|omit|stick|base|accord|depend|mood|shift|change|evolv|attention|eye\b|catch|draw|appeal|service|system|platform|recency|priorit|criteri|basis|guide|infer|deduc|conclu|deriv|work(?:ing)? out|figure out|look|watch|read|unread|brev|rest\b|more\b|all\b|go by|start|begin|proceed|finally|listen|play|bought|buy|catalog)|候选|排|序|喜|偏好|口味|兴趣|爱好|推荐|适合|合适|符合|匹配|契合|相似|相近|接近|类似|比较|对照|拟|草|修正|改正|检查|给出|写|列|标题|编号|回答|作答|答|输出|json|数组|一行|格式|形式|样子|模板|简|短|解释|说明|评论|步|推理|思考|考虑|权衡|看重|重视|参考|依据|根据|据此|为准|决定|判断|估|概率|可能|几率|接下来|下一|首先|最|评分|打分|分数|名气|知名|热门|流行|大众|受欢迎|专家|行家|精通|熟|了解|懂|知道|清楚|领域|角落|冷门|小众|人们|大家|多数|公众|最近|近来|历史|过去|记录|选择|用户|电影|影片|书|歌|音乐|游戏|新闻|商品|忽略|多余|其他|别的|只|仅|整数|字段|对象|恰好|一次|遵|按|照|变|关注|留意|注意|吸引|平台|系统|顺序|先后|优先|归纳|推断|总结|分析|看|读|听|玩|买|内容|文字/;
