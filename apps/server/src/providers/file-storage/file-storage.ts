/** Where bytes lie that are too large for the database: a folder of this machine, or an object store. It knows names and bytes, no more. */

export interface StoredFile {
  readonly name: string;
  /** When it was last written, epoch milliseconds, by the clock of whoever keeps it. */
  readonly at: number;
}

/** From one byte to another, both included. */
export interface ByteSpan {
  readonly from: number;
  readonly to: number;
}

export interface FileStorage {
  readonly kind: 'disk' | 's3';
  /** Keeps the bytes under a name; resolves once a crash cannot take them away. What was broken off is no file. */
  write(name: string, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void>;
  /** A part of a file. Throws FileMissing. */
  read(name: string, span: ByteSpan): Promise<AsyncIterable<Buffer>>;
  /** Null where there is no file of this name. */
  size(name: string): Promise<number | null>;
  /** Also what a write left that was broken off; nothing is as good as something. */
  remove(name: string): Promise<void>;
  /** Every name, also of writes that were broken off. */
  list(): AsyncIterable<StoredFile>;
  close(): void;
}

export class FileMissing extends Error {
  constructor(name: string) {
    super(`The storage has no file ${name}.`);
    this.name = 'FileMissing';
  }
}

/** Names are made by us and name nothing: 32 hexadecimal characters, which no storage reads as a path. */
const NAME = /^[0-9a-f]{32}$/;

export function isFileName(text: string): boolean {
  return NAME.test(text);
}

export function assertFileName(name: string): void {
  if (!isFileName(name)) throw new Error('A stored file is named by 32 hexadecimal characters.');
}
