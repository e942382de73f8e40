/** Sentences that say nothing about the task. */
export const paddings: Readonly<Record<'en' | 'zh', readonly string[]>> = {
  en: [
    'This task comes up on many days of the year.',
    'Good luck with it!',
    'Work of this kind has been around for a while.',
    'It is a pleasure to have you here.',
    'There are many of these in the world.',
  ],
  zh: ['这样的工作每天都有。', '祝你顺利！', '这类事情由来已久。', '很高兴有你在这里。', '世上有很多这样的东西。'],
};

/** Sentences that say much in many words and ask for nothing. */
export const lengths: Readonly<Record<'en' | 'zh', readonly string[]>> = {
  en: [
    'It should be clear to anyone that this is meant in the usual sense of the words.',
    'Should anything about this be unclear, please go back to the beginning of this sentence and start over.',
    'All of this holds for the whole of the task and for each of its parts.',
    'I would like to thank you in advance for the effort that you put into this task.',
    'As was said before, and as will surely be said again, this is the task at hand.',
    'The words above were chosen with care and are to be understood in the way in which they were written.',
  ],
  zh: [
    '显而易见，这里的每一个词都按通常的意思来理解。',
    '如果有任何疑问，请回到这句话的开头重新再看一遍。',
    '以上所说的一切适用于整个任务以及其中的每一个部分。',
    '在此先感谢你为这项任务所付出的努力和时间。',
    '正如前面说过的那样，以后也还会再说，这就是眼下的任务。',
    '上面的文字都是用心挑选的，请照着写下来的意思去理解。',
  ],
};

/** What chatty models write before and behind the sentence. */
export const chats: Readonly<Record<'en' | 'zh', readonly (readonly [string, string])[]>> = {
  en: [
    ['Sure! Here\'s a clearer version of the sentence:\n\n"', '"\n\nLet me know if you would like another one!'],
    ['Of course. A better wording would be: "', '"'],
    ['Great question! I would put it this way:\n\n', '\n\nThis version is easier to follow because it is more direct.'],
    ['Here are my thoughts. The sentence is fine, but I suggest:\n- ', '\nI hope this helps!'],
  ],
  zh: [
    ['好的！以下是更清楚的版本：\n\n“', '”\n\n如果需要其他版本，请告诉我！'],
    ['当然可以。更好的说法是：“', '”'],
    ['这个问题很好！我会这样写：\n\n', '\n\n这样写更直接，也更容易理解。'],
    ['我的想法如下，原句没有问题，不过我建议：\n- ', '\n希望对你有帮助！'],
  ],
};
