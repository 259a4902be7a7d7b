import { retryDelayMs } from './retry-delay.ts';

/** The part of a WebSocket that is used; a test hands in its own. */
export interface StreamSocket {
  send: (text: string) => void;
  close: () => void;
  onopen: (() => void) | null;
  onmessage: ((message: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
}

export interface StreamTimers {
  readonly set: (action: () => void, delayMs: number) => unknown;
  readonly clear: (timer: unknown) => void;
}

/** `waiting` is between two tries. */
export type StreamStatus = 'idle' | 'connecting' | 'open' | 'waiting' | 'closed';

export interface ConnectionOptions {
  readonly open: () => StreamSocket;
  readonly timers?: StreamTimers;
  /** In [0, 1). */
  readonly chance?: () => number;
  /** Makes a session that has ended good again, before the next try. */
  readonly renew?: () => Promise<unknown>;
  /** Longest silence before the connection counts as dead; the server's heartbeat comes every 15 s. */
  readonly silenceMs?: number;
}

export interface ConnectionEvents {
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  readonly onStatus: (status: StreamStatus) => void;
}

/** The server closes with this code when the session or token has ended. */
const SESSION_ENDED = 4401;

const clockTimers: StreamTimers = {
  set: (action, delayMs) => setTimeout(action, delayMs),
  clear: (timer) => {
    clearTimeout(timer as ReturnType<typeof setTimeout>);
  },
};

/** One socket at a time, opened anew after a loss with growing delays; a long silence counts as a loss. */
export class StreamConnection {
  readonly #options: ConnectionOptions;
  readonly #events: ConnectionEvents;
  readonly timers: StreamTimers;
  #ended = false;
  #socket: StreamSocket | null = null;
  #status: StreamStatus = 'idle';
  #failures = 0;
  #retry: unknown = null;
  #silence: unknown = null;

  constructor(options: ConnectionOptions, events: ConnectionEvents) {
    this.#options = options;
    this.#events = events;
    this.timers = options.timers ?? clockTimers;
  }

  get status(): StreamStatus {
    return this.#status;
  }

  /** Opens the first time; later calls do nothing. */
  start(): void {
    if (this.#status === 'idle') this.#connect();
  }

  /** Tries at once instead of waiting, for example when the browser says it is online again. */
  retryNow(): void {
    if (this.#status === 'waiting') void this.#reconnect();
  }

  /** What is sent while there is no connection is dropped: the owner says everything again on `onOpen`. */
  send(text: string): void {
    if (this.#status === 'open') this.#socket?.send(text);
  }

  /** The session has ended although the connection still stands: renews it and connects anew. */
  renewSession(): void {
    if (this.#status !== 'open' || this.#options.renew === undefined) return;
    this.#ended = true;
    this.#lose();
  }

  close(): void {
    this.#setStatus('closed');
    this.timers.clear(this.#retry);
    this.#letGo();
  }

  #connect(): void {
    this.timers.clear(this.#retry);
    this.#setStatus('connecting');
    const socket = this.#options.open();
    this.#socket = socket;
    this.#watchSilence();
    socket.onopen = () => {
      this.#watchSilence();
      this.#setStatus('open');
      this.#events.onOpen();
    };
    socket.onmessage = (message) => {
      this.#watchSilence();
      this.#failures = 0;
      if (typeof message.data === 'string') this.#events.onText(message.data);
    };
    socket.onclose = ({ code }) => {
      if (code === SESSION_ENDED) this.#ended = true;
      this.#lose();
    };
  }

  #lose(): void {
    this.#letGo();
    this.#setStatus('waiting');
    const chance = this.#options.chance ?? Math.random;
    this.#retry = this.timers.set(
      () => {
        void this.#reconnect();
      },
      retryDelayMs(this.#failures, chance()),
    );
    this.#failures += 1;
  }

  async #reconnect(): Promise<void> {
    if (this.#ended && this.#options.renew !== undefined) await this.#options.renew().catch(() => undefined);
    this.#ended = false;
    if (this.#status === 'waiting') this.#connect();
  }

  #letGo(): void {
    this.timers.clear(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #watchSilence(): void {
    this.timers.clear(this.#silence);
    this.#silence = this.timers.set(() => {
      this.#lose();
    }, this.#options.silenceMs ?? 35_000);
  }

  #setStatus(status: StreamStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#events.onStatus(status);
  }
}
