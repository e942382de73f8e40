/**
 * Ranks the candidates of a prompt in the reverse of the order in which it lists them (`[1] Title`, `[2] Title`, …), as
 * numbers where the prompt asks for numbers, else as a numbered list of titles. Costs next to nothing, so that what is
 * measured is the environment.
 */
export function answerPrompt(prompt: string): string {
  const titles = [...prompt.matchAll(/^\[\d+\] (.+)$/gm)].map((match) => match[1]!).reverse();
  if (prompt.includes('[B] > [C] > [A]')) return titles.map((_, index) => `[${titles.length - index}]`).join(' > ');
  return titles.map((title, index) => `${index + 1}. ${title}`).join('\n');
}
