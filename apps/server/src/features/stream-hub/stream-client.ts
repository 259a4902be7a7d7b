/** One connection: what it listens to, and how far behind it is. */
import type { WebSocket } from 'ws';
import type { Caller } from '../../platform/http/index.ts';
import { wireName } from './channels.ts';

/** Beyond this much unsent, quotes are skipped for this reader until it has caught up. */
const BEHIND_BYTES = 64 * 1024;
/** Beyond this much unsent, the reader is cut off: it would take the server's memory. */
const MOST_UNSENT_BYTES = 1024 * 1024;
/** Close codes of our own, as the documents name them. */
export const TOO_SLOW = 4408;
export const SESSION_ENDED = 4401;

export interface Pass {
  readonly caller: Caller;
  readonly token: string;
}

export class StreamClient {
  readonly socket: WebSocket;
  /** Null until the client has said who it is; public channels need nobody. */
  pass: Pass | null = null;
  /** Names of the state channels it follows; clients that follow the same ones share their frames. */
  readonly states = new Set<string>();
  /** Fact channels with the last sequence that was sent; null while what led to it is being read. */
  readonly facts = new Map<string, number | null>();
  /** Heartbeats since it was last heard. */
  unanswered = 0;

  constructor(socket: WebSocket) {
    this.socket = socket;
  }

  get isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }

  get isBehind(): boolean {
    return this.socket.bufferedAmount > BEHIND_BYTES;
  }

  /** Sends one frame, already written. Cuts a reader off that has too much unread. */
  send(frame: string | Buffer): void {
    if (!this.isOpen) return;
    if (this.socket.bufferedAmount > MOST_UNSENT_BYTES) return this.cutOff();
    this.socket.send(frame, { binary: false, compress: false });
  }

  /** A close frame would wait behind what is unread, so the connection is dropped. */
  cutOff(): void {
    this.socket.close(TOO_SLOW, 'reads too slowly');
    this.socket.terminate();
  }
}

export function errorFrame(code: string, detail: string, channel?: string): string {
  return JSON.stringify({ type: 'error', code, detail, ...(channel === undefined ? {} : { channel }) });
}

export function eventText(channel: string, { sequence, data }: { readonly sequence: number; readonly data: string }): string {
  return `{"channel":${JSON.stringify(wireName(channel))},"sequence":${sequence},"data":${data}}`;
}

export function eventsFrame(events: readonly string[]): string {
  return `{"type":"events","events":[${events.join(',')}]}`;
}
