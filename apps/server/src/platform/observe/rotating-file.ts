import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pino } from 'pino';

export type RotatingFileOptions = {
  readonly path: string;
  /** A file that has grown past this is set aside. Bytes. */
  readonly maxBytes: number;
  /** How many older files are kept: path.1 is the youngest. */
  readonly keep: number;
};

/** Appends lines to a file, buffered, and sets it aside when it is full. One process writes a file. */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  readonly #stream: ReturnType<typeof pino.destination>;
  #bytes: number;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
    mkdirSync(dirname(options.path), { recursive: true });
    this.#bytes = existsSync(options.path) ? statSync(options.path).size : 0;
    this.#stream = pino.destination({ dest: options.path, minLength: 8_192, sync: true, periodicFlush: 250, mode: 0o640 });
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes > 0 && this.#bytes + bytes > this.#options.maxBytes) this.#rotate();
    this.#stream.write(line);
    this.#bytes += bytes;
  }

  flushSync(): void {
    this.#stream.flushSync();
  }

  close(): void {
    this.#stream.flushSync();
    this.#stream.end();
  }

  #rotate(): void {
    const { path, keep } = this.#options;
    this.#stream.flushSync();
    rmSync(`${path}.${String(keep)}`, { force: true });
    for (let age = keep - 1; age >= 1; age -= 1) {
      if (existsSync(`${path}.${String(age)}`)) renameSync(`${path}.${String(age)}`, `${path}.${String(age + 1)}`);
    }
    renameSync(path, `${path}.1`);
    // The stream is synchronous, so the new file is open before the next line.
    this.#stream.reopen(path);
    this.#bytes = 0;
  }
}
