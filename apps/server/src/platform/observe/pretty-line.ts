const colours: Readonly<Record<string, number>> = { trace: 90, debug: 36, info: 32, warn: 33, error: 31, fatal: 35 };
const hiddenFields = new Set(['level', 'time', 'message', 'pid', 'hostname', 'error', 'err']);

/** Turns one JSON line of the log into a line for people: time, level, message, then the rest as name=value; stacks below. */
export function prettyLine(line: string): string {
  const fields = parsed(line);
  if (fields === null) return line;
  const level = text(fields['level']);
  const colour = colours[level] ?? 37;
  const rest = Object.entries(fields)
    .filter(([name]) => !hiddenFields.has(name))
    .map(([name, value]) => ` \u001b[2m${name}=\u001b[22m${typeof value === 'object' ? JSON.stringify(value) : text(value)}`)
    .join('');
  const head = `${text(fields['time']).slice(11, 23)} \u001b[${String(colour)}m${level.toUpperCase().padEnd(5)}\u001b[39m ${text(fields['message'])}${rest}\n`;
  return head + stackOf(fields['error'] ?? fields['err']);
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function stackOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const stack = 'stack' in error && typeof error.stack === 'string' ? error.stack : '';
  const own = stack === '' ? '' : `${stack.replace(/^/gm, '    ')}\n`;
  return 'cause' in error ? `${own}    caused by\n${stackOf(error.cause)}` : own;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
