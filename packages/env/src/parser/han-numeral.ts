const digits = '一二三四五六七八九十';

/** The number of a Chinese numeral from 一 to 九十九. The text holds nothing but these numerals. */
export function readHanNumeral(text: string): number {
  const ten = text.indexOf('十');
  if (ten < 0) return digits.indexOf(text[0]!) + 1;
  const tens = ten === 0 ? 1 : digits.indexOf(text[0]!) + 1;
  return tens * 10 + (ten + 1 < text.length ? digits.indexOf(text[ten + 1]!) + 1 : 0);
}
