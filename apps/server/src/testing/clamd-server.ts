/** A scanner on this machine that speaks clamd's INSTREAM and finds the EICAR test file. */
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

export interface ClamdServer {
  readonly port: number;
  /** The files it was sent, in order. */
  readonly scanned: readonly Buffer[];
  close(): Promise<void>;
}

/** The harmless file that every scanner is to find, cut in two so that none finds it here. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export interface ClamdRules {
  /** As StreamMaxLength of clamd. */
  readonly mostBytes?: number;
  /** Hangs up without a word. */
  readonly isMute?: boolean;
}

export async function startClamdServer({ mostBytes = 25_000_000, isMute = false }: ClamdRules = {}): Promise<ClamdServer> {
  const scanned: Buffer[] = [];
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (isMute) socket.once('data', () => socket.end());
    else serve(socket, { mostBytes, done: (file) => void scanned.push(file) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    scanned,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function serve(socket: Socket, { mostBytes, done }: { readonly mostBytes: number; readonly done: (file: Buffer) => void }): void {
  let waiting = Buffer.alloc(0);
  let hasCommand = false;
  const file: Buffer[] = [];
  let size = 0;
  socket.on('data', (piece) => {
    waiting = Buffer.concat([waiting, piece]);
    const end = waiting.indexOf(0);
    if (!hasCommand && end >= 0) {
      if (waiting.subarray(0, end).toString() !== 'zINSTREAM') return void socket.end('UNKNOWN COMMAND\0');
      hasCommand = true;
      waiting = waiting.subarray(end + 1);
    }
    while (hasCommand && waiting.length >= 4) {
      const length = waiting.readUInt32BE(0);
      if (waiting.length < 4 + length) return undefined;
      const part = waiting.subarray(4, 4 + length);
      waiting = waiting.subarray(4 + length);
      if (length === 0) {
        const whole = Buffer.concat(file);
        done(whole);
        return void socket.end(whole.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0');
      }
      size += length;
      if (size > mostBytes) return void socket.end('INSTREAM size limit exceeded. ERROR\0');
      file.push(Buffer.from(part));
    }
    return undefined;
  });
}
