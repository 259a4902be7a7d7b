/**
 * The objects of the array `items` in an answer's JSON text, one at a time: the text of 100,000 gains is 30 MB, and their objects would
 * be several times that. The array must be the last field of the answer, as it is in ours, and its items objects.
 */
export function* itemsOf<Item>(text: string): Generator<Item> {
  for (let at = startOfItems(text); ;) {
    const open = text.indexOf('{', at);
    if (open < 0) return;
    const end = endOfObject(text, open);
    yield JSON.parse(text.slice(open, end)) as Item;
    at = end;
  }
}

/** The answer without its items. */
export function headOf<Head>(text: string): Head {
  const start = startOfItems(text);
  return JSON.parse(`${text.slice(0, start)}]}`) as Head;
}

const ITEMS = ',"items":[';

function startOfItems(text: string): number {
  // A text inside the answer may hold these characters, but then with escaped quotes.
  const at = text.indexOf(ITEMS);
  if (at < 0) throw new Error('The answer has no items.');
  return at + ITEMS.length;
}

/** Just past the brace that closes the one at `open`. */
function endOfObject(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (quoted) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) quoted = false;
    } else if (character === QUOTE) quoted = true;
    else if (character === OPEN) depth += 1;
    else if (character === CLOSE && (depth -= 1) === 0) return at + 1;
  }
  throw new Error('The answer ends within an item.');
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = [0x22, 0x5c, 0x7b, 0x7d];
