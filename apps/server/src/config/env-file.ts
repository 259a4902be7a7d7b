export type EnvFile = {
  readonly values: ReadonlyMap<string, string>;
  /** One sentence per line that could not be read. A line's content is not repeated, since it may hold a secret. */
  readonly faults: readonly string[];
};

const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=[ \t]*(.*)$/;

/**
 * Reads a .env file: NAME=value, comments with #, `export ` in front, 'taken literally' and "with \n, \" and \\".
 * A quoted value stays on its line. The last of two lines with one name wins, as in a shell.
 */
export function readEnvFile(content: string): EnvFile {
  const values = new Map<string, string>();
  const faults: string[] = [];
  content
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((line, index) => {
      if (/^\s*(#|$)/.test(line)) return;
      const [, name, rest] = assignment.exec(line) ?? [];
      const value = rest === undefined ? null : valueOf(rest);
      if (name === undefined || value === null) {
        faults.push(`.env line ${String(index + 1)} is not NAME=value. Write NAME=value, with quotes closed on the same line.`);
      } else {
        values.set(name, value);
      }
    });
  return { values, faults };
}

function valueOf(rest: string): string | null {
  if (rest.startsWith("'")) return /^'([^']*)'\s*(?:#.*)?$/.exec(rest)?.[1] ?? null;
  if (rest.startsWith('"')) return unescaped(/^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/.exec(rest)?.[1]);
  // A # inside a password is part of it; only one after a space begins a comment.
  return rest.replace(/(^|\s+)#.*$/, '').trim();
}

function unescaped(quoted: string | undefined): string | null {
  if (quoted === undefined) return null;
  return quoted.replace(/\\(.)/g, (_, character: string) => ({ n: '\n', r: '\r', t: '\t' })[character] ?? character);
}
