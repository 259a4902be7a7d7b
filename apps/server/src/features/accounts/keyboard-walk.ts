/** Passwords that fingers make without thinking: 1qaz2wsx, qwe123asd, zaq12wsx, 1q2w3e4r. */
const LAYOUTS = [
  ['1234567890-=', 'qwertyuiop[]', "asdfghjkl;'", 'zxcvbnm,./'],
  ['1234567890-=', 'qwertzuiop[]', "asdfghjkl;'", 'yxcvbnm,./'],
  ['1234567890-=', 'azertyuiop[]', 'qsdfghjklm', 'wxcvbn,./'],
] as const;
/** The digits with the shift key down. */
const SHIFTED: Readonly<Record<string, string>> = {
  '!': '1',
  '@': '2',
  '#': '3',
  $: '4',
  '%': '5',
  '^': '6',
  '&': '7',
  '*': '8',
  '(': '9',
  ')': '0',
};
const SHORTEST = 8;
const LONGEST = 20;
/** Fingers are lifted and put down elsewhere so often at most, and make three keys or more at each place. */
const MOST_JUMPS = 2;
const KEYS_AT_A_PLACE = 3;

interface Place {
  readonly row: number;
  readonly column: number;
}

const PLACES: readonly ReadonlyMap<string, Place>[] = LAYOUTS.map(
  (rows) => new Map(rows.flatMap((keys, row) => [...keys].map((key, column): [string, Place] => [key, { row, column }]))),
);

/** Whether each key lies beside the one before, but for a jump or two. `text` is in lower case. */
export function isKeyboardWalk(text: string): boolean {
  if (text.length < SHORTEST || text.length > LONGEST) return false;
  const keys = [...text].map((sign) => SHIFTED[sign] ?? sign);
  const most = Math.min(MOST_JUMPS, Math.floor(keys.length / KEYS_AT_A_PLACE) - 1);
  return PLACES.some((places) => jumpsIn(keys, places) <= most);
}

function jumpsIn(keys: readonly string[], places: ReadonlyMap<string, Place>): number {
  let jumps = 0;
  for (const [index, key] of keys.entries()) {
    const [here, before] = [places.get(key), places.get(keys[index - 1] ?? '')];
    if (here === undefined) return Number.POSITIVE_INFINITY;
    if (before !== undefined && !isBeside(before, here)) jumps += 1;
  }
  return jumps;
}

/** Rows are shifted by about half a key: below a key lie the one of its column and the one before. */
function isBeside(one: Place, other: Place): boolean {
  const down = other.row - one.row;
  const right = other.column - one.column;
  if (down === 0) return Math.abs(right) <= 1;
  if (down === 1) return right === 0 || right === -1;
  return down === -1 && (right === 0 || right === 1);
}
