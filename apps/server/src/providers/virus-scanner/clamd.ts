import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { ScannerUnavailable } from './virus-scanner.ts';
import type { FileScan, VirusScanner } from './virus-scanner.ts';

export type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string };

export interface ClamdOptions {
  readonly address: ClamdAddress;
  /** The longest silence of the scanner that is waited for. */
  readonly timeoutMs: number;
}

/** clamd's INSTREAM: `zINSTREAM\0`, pieces with their length as four bytes before them, a length of 0 at the end; then its word. */
export function createClamdScanner({ address, timeoutMs }: ClamdOptions): VirusScanner {
  return {
    async begin() {
      const socket = connect(address);
      const answer = answerOf(socket, timeoutMs);
      // Told to whoever finishes; until then it may already be known.
      answer.catch(() => undefined);
      await write(socket, Buffer.from('zINSTREAM\0'), answer);
      return scanOver(socket, answer);
    },
  };
}

function scanOver(socket: Socket, answer: Promise<string>): FileScan {
  return {
    add: (piece) => write(socket, framed(piece), answer),
    async finish() {
      await write(socket, framed(Buffer.alloc(0)), answer);
      return verdictOf(await answer);
    },
    abort: () => void socket.destroy(),
  };
}

function framed(piece: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(piece.length);
  return Buffer.concat([length, piece]);
}

/** Resolves once there is room for more, and rejects when the scanner has hung up. */
async function write(socket: Socket, bytes: Buffer, answer: Promise<string>): Promise<void> {
  const written = new Promise<void>((resolve, reject) => {
    socket.write(bytes, (error) => (error === null || error === undefined ? resolve() : reject(new ScannerUnavailable(error.message))));
  });
  // An early word, such as that the file is too long for it, ends the sending as well.
  await Promise.race([written, answer.then(() => undefined)]);
}

function answerOf(socket: Socket, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`nothing was heard for ${timeoutMs} ms`)));
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', (error) => reject(new ScannerUnavailable(error.message)));
    socket.on('close', () => {
      const text = Buffer.concat(pieces).toString('utf8').replace(/\0.*$/s, '').trim();
      if (text === '') reject(new ScannerUnavailable('it hung up'));
      else resolve(text);
    });
  });
}

function verdictOf(answer: string): string | null {
  if (/^stream: OK$/.test(answer)) return null;
  const [, found] = /^stream: (.+) FOUND$/.exec(answer) ?? [];
  if (found !== undefined) return found;
  throw new ScannerUnavailable(answer);
}
