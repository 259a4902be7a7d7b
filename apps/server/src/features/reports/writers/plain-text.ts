/** Text for a spreadsheet's cell: one that would be taken for a formula begins with an apostrophe. */
const FORMULA_START = /^[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;

export function plainText(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}
