const heading =
  /(?:evidence|titles?|history|watched|played|bought|listened|read by|items?|catalogue|candidates|users?|answers?|examples?|data|context|证据|标题|历史|记录|看过|玩过|听过|读过|买过|用户|候选|例子|示例|数据|回答|依据)[^:：\n]{0,60}[:：]\s*(.*)$/i;
const entry = /^\s*(?:\[\d{1,3}\]|\d{1,3}[.)、．]|[-*•])\s*(\S.*?)\s*$/;
const named = /《([^》\n]{1,80})》|"([^"\n]{2,80})"|“([^”\n]{2,80})”/g;

/**
 * What a request tells about items and users beside the sentence (`rest` is the request without it): entries of lists under
 * a heading such as "Evidence:" and titles in quotation marks or 《》. This is what a rewrite must not copy.
 */
export function readEvidence(rest: string): readonly string[] {
  const found: string[] = [];
  let listed = false;
  for (const line of rest.split('\n')) {
    const item = entry.exec(line)?.[1];
    const inline = item === undefined ? heading.exec(line)?.[1] : undefined;
    if (item !== undefined) {
      if (listed) found.push(item);
    } else if (inline !== undefined) {
      listed = true;
      if (/[;；|]/.test(inline)) found.push(...inline.split(/[;；|]/));
    } else if (line.trim() !== '') listed = false;
    if (listed || line.includes('《'))
      for (const match of line.matchAll(named)) found.push(match.slice(1).find(Boolean)!);
  }
  return [...new Set(found.map((text) => text.trim()).filter((text) => text.length > 1 && !/[{}]/.test(text)))];
}
