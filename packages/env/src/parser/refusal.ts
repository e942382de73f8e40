/** Words by which a model declines, in English and Chinese. */
export const refusal: RegExp = new RegExp(
  [
    /\bI(?:['’]m| am) (?:so |very |really )?sorry\b/,
    /\b(?:I|we) (?:apologi[sz]e|must decline|have to decline|respectfully decline|decline|refuse)\b/,
    /\b(?:can(?:no|['’])t|can not|could not|couldn['’]t|won['’]t|will not|(?:not|un)\s?able to|do not|don['’]t|would rather not|prefer not to|not (?:going|willing|allowed|permitted) to) (?:be able to |in good conscience )?(?:rank|help|assist|provide|compl(?:y|ete)|fulfil|answer|recommend|do (?:that|this|so)|make|generate|create|give|continue|engage|share|process|sort|order|produce|support|offer|judge|discuss|respond|perform|participate|access|determine)/,
    /\bas an (?:AI|artificial|language)\b/,
    /\bnot comfortable\b|\bagainst (?:my|our) (?:guidelines|policy|policies)\b|\b(?:sorry|apologies|unfortunately), (?:but )?(?:I|we|this|that)\b/,
    /抱歉|对不起|很遗憾|恕难|恕我|作为(?:一个|一名)?(?:AI|人工智能|语言模型|大?模型|智能)|(?:无法|不能|不便|不会|没办法|没有办法|难以|不可以|拒绝|无权|不予)(?:为您|为你|对此|就此|按|直接)?(?:提供|回答|完成|协助|帮助|排序|给出|进行|满足|推荐|判断|处理|生成|执行|继续|回应|讨论|对|参与|接受)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);
