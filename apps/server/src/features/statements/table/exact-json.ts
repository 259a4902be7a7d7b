/** JSON whose numbers stay the text they are, and whose objects know their lines: no figure passes through a binary float. */
import { StatementError } from '../statement-row.ts';

/** A number of the file, as it is written there. */
const NUMBER_SIGN = '\u0000';
const TOKEN = /"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\n/g;

/** Throws `StatementError` for what is no JSON. Numbers become text; `exactText` tells them from strings. */
export function parseExactJson(text: string): unknown {
  try {
    JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Unexpected/, 'unexpected') : '';
    throw new StatementError(`The file is no readable JSON: ${reason.slice(0, 200)}. Export it again.`);
  }
  return JSON.parse(text.replace(TOKEN, (token) => (/^[-\d]/.test(token) ? JSON.stringify(NUMBER_SIGN + token) : token)));
}

/** The text of a number, or of a string; null for anything else. */
export function exactText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  return value.startsWith(NUMBER_SIGN) ? value.slice(1) : value;
}

/** The lines on which the objects of the array under this key of the outermost object begin. */
export function linesOfItems(text: string, key: string): readonly number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let inside = false;
  let lastString = '';
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[\n{}[\]]/g)) {
    if (token === '\n') line += 1;
    else if (token === '[' || token === '{') {
      if (inside && depth === 2 && token === '{') lines.push(line);
      depth += 1;
      if (depth === 2 && token === '[') inside = lastString === JSON.stringify(key);
    } else if (token === ']' || token === '}') {
      depth -= 1;
      if (depth === 1) inside = false;
    } else if (depth === 1) lastString = token;
  }
  return lines;
}
