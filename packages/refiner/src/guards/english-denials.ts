import { type DenialWords, signs } from './denial-words.ts';

const { not, avoid, lapse, exclusive, only, but, and, or, either, start } = signs;
const known =
  '(?:known|familiar|famous|popular|explored|noticed|noted|talked about|visited|obvious|mainstream|seen|heard of|celebrated|covered|well[- ]trodden|common)';

/** How English denies. */
export const englishDenials: DenialWords = {
  traits: {
    obscure:
      /\b(?:lesser|less|little|least|un)[- ]?(?:known|familiar|seen|explored)|obscure|hidden|niche|overlooked|forgotten|off the beaten/,
    corrects: /\b(?:correct|revis|refin|adjust|improv|mend)/,
    shifts: /\b(?:shift|chang|evolv|drift|var(?:y|ies))/,
    exclusive: /\b(?:only|just|solely|alone|exclusively|purely|merely|nothing else|nothing but|no other)\b/,
    fame: /\b(?:fame|famous|popular\w*|well-known)\b/,
  },
  rules: [
    // Harmless wordings
    {
      pattern:
        /\b(?:no|hardly (?:a|any)|not (?:a|one)(?: single)?|scarcely (?:a|any)|barely (?:a|any)) (?:\w+ )?(?:corner|part|area|niche|side|nook|aspect)s?\b[^.!?]{0,80}?\b(?:not|never|foreign|escapes?|eludes?|new to|beyond|lost on|surprises?|un(?:known|familiar|explored|seen))\b/g,
      sign: ' ',
      when: 'obscure',
    },
    {
      pattern:
        /\b(?:not|no longer) (?:what|the way|how|as) (?:it|they) (?:used to be|was|were|once (?:was|were))\b|\bno longer the same\b/g,
      sign: ' ',
      when: 'shifts',
    },
    { pattern: /\b(?:the|whose|its|your|one and|single) only\b(?! (?:thing|text|words?|answer|output))/g, sign: 'the' },
    { pattern: /, not even\b/g, sign: ' ' },
    { pattern: /, (?:however|no matter how|even if|though) [\w -]{1,30},/g, sign: ' ', when: 'obscure' },
    {
      pattern:
        /\b(?:not|never|without|n't)(?: [^\s,.;:!?]+){0,4}? (?:anything|a thing|any (?:text|words?|other \w+|more)) (?:but|besides|beyond|apart from|aside from|other than|except(?: for)?|outside|in addition to|else)\b/g,
      sign: exclusive,
    },
    {
      pattern: /\b(?:anything|everything|something) (?:besides|beyond|apart from|aside from|in addition to)\b/g,
      sign: 'anything else',
    },
    {
      pattern:
        /\b(?:makes?|making|is of|of|with) no (?:difference|importance|consequence|account|concern|relevance|interest to me)\b/g,
      sign: not,
    },
    { pattern: /\bno\. ?(?=[□\d])/g, sign: ' ' },
    {
      pattern:
        /\b(?:no more and no less|in no time|if nothing else|no fewer and no more|no doubt|without (?:a |any )?doubt|beyond (?:a |any )?doubt|no (?:later|less|fewer|sooner) than|not (?:later|less|fewer) than|not least|last but not least|no wonder|nonetheless|nevertheless|notwithstanding|none the less|not to mention|(?:can ?not|can't) (?:but|help but)|if not|more often than not|without (?:further ado|question|limit|end)|no (?:small|mean) (?:part|feat|measure)|why not|nothing (?:short of|less than)|at least|it goes without saying|whether or not|second to none|by and by|not a (?:few|little)|to say the least|not one but|all but certain|little by little|a little|no matter how (?:obscure|small|lesser)|least[- ](?:known|familiar|seen|visited|travelled|explored)|little[- ](?:known|seen|noticed)|unlike(?:ly)? places)\b/g,
      sign: ' ',
    },
    { pattern: /\bno more than (?=□|\w+ (?:line|list|array))/g, sign: ' ' },
    {
      pattern: /\bnot (?:only|just|merely|solely|simply|alone)\b(?=[^.!?]{1,200}?\b(?:but|also|too|as well|even)\b)/g,
      sign: ' ',
      unless: ['exclusive'],
    },
    {
      pattern: /\b(?:apart|aside) from\b|\bbesides\b|\bexcept(?:ing)? for\b/g,
      sign: ' ',
      unless: ['exclusive', 'fame'],
    },
    {
      pattern: new RegExp(
        `\\bnot (?:(?:so|very|that|as|too|widely|well|generally|commonly|often|much|all that|quite|yet|always) ){0,2}(?:well[- ])?${known}\\b|\\b(?:no one|nobody|hardly anyone|hardly anybody|scarcely anyone|almost no one|almost nobody|not many(?: people)?|(?:most|many|few)(?: people)?(?: have| do| would| will)?(?: never| not)?)(?: else)?(?: have| has)?(?: ever)? (?:\\w+ )?(?:know|knows|heard|hear|notice|notices|noticed|visit|visits|look|looks|talk|talks|see|sees|mention|mentions|explore|explores|overlook|overlooks|miss|misses|forget|neglect|ignore)\\b|\\b(?:rarely|seldom|hardly(?: ever)?|barely|scarcely|never|not often) (?:${known}|look|looks|go|goes|venture|ventures|visit|visits|tread|reach|explore|see|notice)\\b|\\b(?:forgotten|neglected|overlooked|unfamiliar|unknown|unexplored|unseen|unsung|ignored|unpopular)\\b(?! (?:with|to you|by you))|\\bnever (?:hear|heard|see|seen|look|looked|notice|noticed|talk|talked)\\b`,
        'g',
      ),
      sign: ' ',
      when: 'obscure',
    },
    {
      pattern:
        /\b(?:what(?:ever)?|where(?:ver)?|anything|everything|those|that|which|things?|parts?|places?|positions?|spots?|if|any|something|it|they|candidates?|when) (?:\w+ ){0,2}?(?:(?:does|do|is|are|may|seems?|looks?|did|has|have|might|should|would) not|isn't|aren't|doesn't|don't) (?:\w+ ){0,2}?(?:fit|match|agree|suit|suited|right|correct|correspond|hold|add up|in line|in place|belong|sit|feel|seem|look|reflect|square|work|quite|consistent|convince|convincing|follow)\b/g,
      sign: ' ',
      when: 'corrects',
    },
    {
      pattern: /\b(?:the same|stays?|remains?)\b/g,
      sign: lapse,
      when: 'shifts',
    },
    {
      pattern: /\b(?:fixed|static|constant|stable|set in stone|stands? still|standing still|unchanged|rigid|frozen)\b/g,
      sign: avoid,
      when: 'shifts',
    },
    {
      pattern:
        /,? (?:and )?not (?:the|your|a|that) (?:first |initial |rough |original )?(?:draft|version|attempt|one)\b/g,
      sign: ' ',
      when: 'corrects',
    },
    // All but one thing
    {
      pattern:
        /\bnothing (?:but|else|more|less|other than|besides|beyond|except|apart from|further|additional|extra|aside from|outside|in addition|after|before|around)\b/g,
      sign: exclusive,
    },
    { pattern: /\b(?:add|adds|adding|append|attach) nothing\b|\bleave it at that\b|\bfull stop\b/g, sign: exclusive },
    {
      pattern: /\bno (?:other|further|additional|extra) \w+ (?:than|but|except|besides)\b/g,
      sign: `${exclusive} ${but}`,
    },
    {
      pattern:
        /\bno (?:\w+ )?(?:besides|beyond|other than|apart from|aside from|except(?: for)?|outside|in addition to)\b/g,
      sign: exclusive,
    },
    {
      pattern:
        /\bkeep(?:ing)?\b(?=[^,.;:]{0,40}? to yourself\b)|\b(?:stays?|staying|remains?|be kept|are kept|kept|keep|be) (?:\w+ )?(?:hidden|invisible|private|unseen|internal|silent|to yourself)\b|\bin your head\b/g,
      sign: avoid,
    },
    { pattern: /\b(?:no others?|none (?:other|else)|and no more|no one else)\b/g, sign: `${exclusive} other ` },
    { pattern: /\bto the exclusion of (?:everything|all|anything)\b/g, sign: exclusive },
    { pattern: /\b(?:stop|end|finish|halt) (?:there|after|at|once|here|right)\b/g, sign: `${exclusive} read ` },
    // Denials in several words
    {
      pattern:
        /\b(?:by no means|in no way|in no respect|under no circumstances|on no account|at no (?:time|point)|in no case|not at all|not in the least|rather than|instead of|in place of|in lieu of|far from|anything but|everything but|all but|(?:any|every) \w+ (?:but|except|save)|as opposed to|opposed to|contrary to|counter to|despite|in spite of|in defiance of|heedless of|at odds with|at variance with|the (?:opposite|reverse|contrary|inverse)(?: of)?|free (?:of|from)|devoid of|bereft of|unaccompanied by|unencumbered by|unadorned by|with the exception of|other than|except(?:ing)?(?: for)?|excepting|barring|save for|no longer|not any more|no need|without)\b/g,
      sign: not,
    },
    { pattern: /\b(?:apart|aside) from\b|\bbesides\b/g, sign: not },
    {
      pattern:
        /\b(?:however|no matter how|whatever|whichever|regardless(?: of)?|irrespective(?: of)?|independent(?:ly)? (?:of|from)|never mind|be (?:it|they) \w+ or \w+)\b|\bor not\b|\b(?:famous or (?:not|obscure|unknown)|known or unknown)\b/g,
      sign: ` famous ${either} `,
      when: 'fame',
    },
    {
      pattern: /\b(?:regardless(?: of)?|irrespective(?: of)?|independent(?:ly)? (?:of|from)|no matter|never mind)\b/g,
      sign: not,
    },
    { pattern: /\bor not\b/g, sign: ' ' },
    {
      pattern:
        /\b(?:lea(?:ve|ves|ving)|left|cut|keep|keeps|keeping|kept|rul(?:e|es|ed|ing)|mak(?:e|es)|weed|filter|cross|throw|strip)\b(?=(?: [^\s,.;:!?]+){0,7}? (?:out|aside|off|away)\b)|\b(?:set|setting|put|putting|push|lay|brush|cast)\b(?=(?: [^\s,.;:!?]+){0,7}? (?:aside|to one side|behind)\b)/g,
      sign: avoid,
    },
    {
      pattern: /\b(?:unmentioned|unsaid|unread|unused|unspoken|unlooked at)\b/g,
      sign: `${avoid} read `,
    },
    {
      pattern:
        /\b(?:do away with|doing away with|dispens\w+ with|get(?:ting)? rid of|steer(?:ing)? clear|stay(?:ing)? away|keep(?:ing)? (?:away |clear |yourself )?from|shy(?:ing)? away|back away|hold(?:ing)? back|spare (?:me|us)|pass(?:ing)? over|turn(?:ing)? a (?:blind|deaf) eye|turn(?:ing)? your back|(?:have|has) yet to|yet to be|out of the (?:question|picture|equation)|off the table|beside the point|counts? for little|(?:not )?worth (?:little|less)|blind to|deaf to|make light of|part with|cut out|have done with|opt out|go against|work against|fall short|run counter|the wrong way|upside down|other way (?:a)?round|in reverse|lose sight|lost on (?:you|me)|(?:be|is|are|go) wasted|in vain|to no avail|for nothing)\b/g,
      sign: avoid,
    },
    // Single words
    {
      pattern:
        /\b(?:can|do|does|did|is|are|was|were|wo|would|should|could|must|need|has|have|had|sha|ai|may|might)n't\b|\bcannot\b|\b(?:dont|doesnt|didnt|isnt|arent|wont|cant|shouldnt|mustnt)\b|\b(?:not|no|never|none|nothing|nobody|nowhere|hardly|scarcely|barely|rarely|seldom|zero|sans|nil|minus|nought)\b/g,
      sign: not,
    },
    { pattern: /\bneither\b/g, sign: not },
    { pattern: /\bnor\b/g, sign: `${and}${not}` },
    {
      pattern:
        /\b(?:avoid\w*|refrain\w*|abstain\w*|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|stop(?:s|ped|ping)?|ceas(?:e|es|ed|ing)|quit(?:s|ting)?|skip(?:s|ped|ping)?|omit(?:s|ted|ting)?|omissions?|exclud\w+|exclusion|disregard\w*|neglect\w*|forget|forgets|forgetting|fail(?:s|ed|ing)?|failure|reject\w*|prohibit\w*|forbid\w*|prevent\w*|discard\w*|dismiss\w*|discount(?:s|ed|ing)?|revers(?:e|es|ed|ing)|invert\w*|opposite|contrary|backwards|lack(?:s|ed|ing)?|unable|incapable|unaware|unfamiliar|oblivious|ignorant|clueless|unversed|irrelevant|immaterial|unimportant|insignificant|meaningless|inconsequential|dislik\w+|hat(?:e|es|ed|ing)|detest\w*|despis\w*|unlike|dissimilar\w*|differ(?:s|ing)?|least|suppress\w*|eliminat\w+|strip(?:s|ped|ping)?|remov(?:e|es|ed|ing)|renounc\w+|forgo(?:es|ing)?|forego(?:es|ing)?|withhold\w*|withheld|indifferent|unmoved|unconcerned|unaffected|uninfluenced|uninterested|disinterested|unimpressed|shun(?:s|ned|ning)?|eschew\w*|spurn\w*|abandon\w*|ban(?:s|ned|ning)?|den(?:y|ies|ied|ying)|oppos(?:e|es|ed|ing)|downplay\w*|ditch\w*|waiv\w+|negat\w+|contradict\w*|defy|defies|resist\w*|mistak\w+ for)\b/g,
      sign: avoid,
    },
    { pattern: /\bignor(?:e|es|ed|ing)\b/g, sign: `${avoid} read ` },
    {
      pattern:
        /\b(?:is|are|be|being|as|becomes?|considered|stays?|remains?) (?:\w+ )?(?:unnecessary|unneeded|needless|unwanted|superfluous|undesired|unwelcome|useless|pointless|optional)\b/g,
      sign: avoid,
    },
    {
      pattern:
        /\blittle\b(?= (?:attention|regard|weight|heed|thought|interest|idea|sense|care|of)\b)|\bhow little\b|\b(?:know|knows|care|cares|matters?|counts?|means?|understand) (?:very |so |too )?little\b/g,
      sign: avoid,
    },
    {
      pattern:
        /\b(?:exceptions?|mistakes?|errors?|repeat\w*|repetitions?|duplicat\w*|twice|deviat\w+|depart\w*|diverg\w*|miss(?:es|ed|ing)?|gaps?|hesitat\w+|hesitation|compromis\w+|delay|wander\w*|stray\w*|los(?:e|es|ing)|lost|overlook\w*|mix\w* up|abbreviat\w*|shorten\w*|drop(?:s|ped|ping)?|escap(?:e|es|ed)|elud\w*|slip\w*|foreign|strangers?|strange|surpris\w+|mystery|mysteries|secrets?|unknown|short of|fail|doubt)\b/g,
      sign: lapse,
    },
    {
      pattern: /\b(?:alter\w*|modif\w+|chang(?:e|es|ed|ing)|var(?:y|ies|ied|iations?)|adjust\w*)\b/g,
      sign: lapse,
      unless: ['corrects', 'shifts'],
    },
    {
      pattern: /\ball (?:that )?i (?:(?:will|am going to|shall|intend to) )?(?:read|look at|see)\b/g,
      sign: `${only} read `,
    },
    {
      pattern:
        /\b(?:that is all|that's (?:all|it)|limited to|restricted to|confined to|on (?:its|their) own|by (?:itself|themselves)|only|just|solely|alone|exclusively|purely|merely)\b/g,
      sign: only,
    },
    { pattern: /\b(?:but|yet|though|although|while|whereas|however|because|since|so that|then)\b/g, sign: but },
    { pattern: /\band\b|&/g, sign: ` ${and} ` },
    { pattern: /\bor\b|\//g, sign: ` ${or} ` },
    {
      pattern:
        /\b(?:with|adds?|adding|includ(?:e|es|ing)|gives?|giving|writes?|writing|provid(?:e|es|ing)|always|must|should|may|please|feel|welcome|put|say|state|include|append|plus|also|too|matters?|counts?|decides?)\b/g,
      sign: `${start} $& `,
    },
  ],
  mentions: {
    fame: /\b(?:fame|famous|famed|unpopular|popular\w*|well[- ]known|better[- ]known|known|renown\w*|celebrat\w+|celebrity|prominen\w+|hyped?|buzz|acclaim\w*|reputation\w*|recogni\w+|big names?|trend\w*|vogue|hits?|blockbusters?|noted|notab\w+|notorie\w+|public)\b/,
    explanation:
      /\b(?:expla\w+|comment\w*|remarks?|justif\w+|rationales?|reason(?:s|ing)?|discuss\w*|elaborat\w*|notes?|annotat\w+|descri\w+|clarif\w+|prose|chatter|preamble|introduct\w+|intro|conclusions?|why|analysis|commentary)\b/,
    steps:
      /\b(?:steps?|workings?|interim|intermedia\w+|in[- ]between|stages?|process|derivations?|reasoning|thinking|thoughts?|how you (?:got|get|arrive\w*|reach\w*)|calculations?|drafts?)\b/,
    extra:
      /\b(?:else|others?|extras?|additional|additions?|further|beyond|besides|rest|more|outside|superfluous|surplus|text|words?|wording|anything|everything|whatever|material|content|filler|talk|remaining|unnecessary|after|follows|comments?|commentary|remarks?|notes?|chatter|preamble)\b/,
    reading:
      /\b(?:read|reads|reading|look|looks|looking|glance|see|notice|attention|eyes?|interested|check|go|goes|pay|seen|heed)\b/,
  },
  assertions: {
    fame: /\b(?:fame|famous|popular|popularity|well[- ]known|renown\w*)\b/,
    explanation:
      /\b(?:expla(?:in|ins|ining|nation|nations|natory)|comments?|commentary|justif\w+|rationales?|reasons)\b/,
    steps: /\b(?:steps?|workings|reasoning)\b/,
    extra:
      /\b(?:other|extra|additional|further|more) (?:words?|text|things?|content|remarks|material|information|details|sentences?)\b|\b(?:any|every|some|what|whatever|who)(?:thing)? (?:else|beyond|besides|more)\b|\beverything\b(?= (?:beyond|else|after|below|around|past|outside|that follows))/,
  },
  criteria:
    /\b(?:preferences?|prefer|tastes?|likes?|liking|interests?|history|histories|similar\w*|likel\w+|watched|choices)\b/,
  reach: 5,
  tail: 6,
};
