import { createChannelBook, type ChannelBook } from './channel-book.ts';
import { StreamConnection, type ConnectionOptions, type StreamStatus } from './stream-connection.ts';
import { isFactChannel, readFrame, type ClientFrame, type ServerFrame, type StreamEvent } from './stream-frame.ts';

export interface StreamOptions extends ConnectionOptions {
  /** Asked at each connection; not needed where a cookie says who it is. */
  readonly token?: () => string;
}

/** `restart` means that events were lost for good: read the whole thing anew over HTTP. */
export type StreamMessage =
  | { readonly kind: 'snapshot'; readonly data: unknown }
  | { readonly kind: 'event'; readonly data: unknown; readonly sequence: number }
  | { readonly kind: 'restart' };

export type StreamListener = (message: StreamMessage) => void;
type Stop = () => void;

/** Wishes of one moment go out as one message: the server takes few messages a second and many channels in each. */
const GATHER_MS = 20;
/** Of one message. */
const MOST_CHANNELS = 200;

/**
 * One connection for all channels. It reconnects by itself, resumes fact channels after the last event it delivered,
 * delivers each event once, and asks again when one is missing.
 */
export class StreamClient {
  readonly #book: ChannelBook = createChannelBook();
  readonly #channels = new Map<string, Set<StreamListener>>();
  readonly #statusListeners = new Set<(status: StreamStatus) => void>();
  readonly #frameListeners = new Set<(frame: ServerFrame) => void>();
  /** Channels that wait for a repetition; what arrives ahead of it would be out of order. */
  readonly #recovering = new Set<string>();
  readonly #joining = new Set<string>();
  readonly #leaving = new Set<string>();
  #gathering: unknown = null;
  /** One renewal a connection: a session that cannot be renewed must not make it spin. */
  #renewed = false;
  readonly #connection: StreamConnection;
  readonly #token: (() => string) | undefined;

  constructor(options: StreamOptions) {
    this.#token = options.token;
    this.#connection = new StreamConnection(options, {
      onOpen: () => {
        this.#rejoin();
      },
      onText: (text) => {
        const frame = readFrame(text);
        if (frame !== null) this.#read(frame);
      },
      onStatus: (status) => {
        for (const listener of this.#statusListeners) listener(status);
      },
    });
  }

  get status(): StreamStatus {
    return this.#connection.status;
  }

  /** Listens to one channel; the answer ends it. The first listener opens the connection. A later listener of the same channel hears from the next message on. */
  subscribe(channel: string, listener: StreamListener): Stop {
    const present = this.#channels.get(channel);
    if (present === undefined) {
      this.#channels.set(channel, new Set([listener]));
      this.#connection.start();
      this.#leaving.delete(channel);
      this.#joining.add(channel);
      this.#gather();
    } else present.add(listener);
    return () => {
      this.#leave(channel, listener);
    };
  }

  onStatus(listener: (status: StreamStatus) => void): Stop {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  /** Every frame as it arrives, also errors and heartbeats. */
  onFrame(listener: (frame: ServerFrame) => void): Stop {
    this.#frameListeners.add(listener);
    return () => this.#frameListeners.delete(listener);
  }

  retryNow(): void {
    this.#connection.retryNow();
  }

  close(): void {
    this.#connection.close();
  }

  #rejoin(): void {
    this.#recovering.clear();
    this.#joining.clear();
    this.#leaving.clear();
    if (this.#token !== undefined) this.#send({ type: 'auth', token: this.#token() });
    this.#join([...this.#channels.keys()]);
  }

  #gather(): void {
    this.#gathering ??= this.#connection.timers.set(() => {
      this.#gathering = null;
      const joining = [...this.#joining].filter((channel) => this.#channels.has(channel));
      const leaving = [...this.#leaving].filter((channel) => !this.#channels.has(channel));
      this.#joining.clear();
      this.#leaving.clear();
      if (leaving.length > 0) this.#send({ type: 'unsubscribe', channels: leaving });
      this.#join(joining);
    }, GATHER_MS);
  }

  #join(channels: readonly string[]): void {
    const known: { channel: string; sequence: number }[] = [];
    const fresh: string[] = [];
    for (const channel of channels) {
      const sequence = isFactChannel(channel) ? this.#book.lastSequence(channel) : null;
      if (sequence === null) fresh.push(channel);
      else known.push({ channel, sequence });
    }
    for (const channel of fresh) this.#book.forget(channel);
    for (const part of parts(fresh)) this.#send({ type: 'subscribe', channels: part });
    for (const part of parts(known)) this.#send({ type: 'resume', channels: part });
  }

  #leave(channel: string, listener: StreamListener): void {
    const set = this.#channels.get(channel);
    if (set?.delete(listener) !== true || set.size > 0) return;
    this.#channels.delete(channel);
    this.#book.forget(channel);
    this.#recovering.delete(channel);
    this.#joining.delete(channel);
    this.#leaving.add(channel);
    this.#gather();
  }

  #read(frame: ServerFrame): void {
    for (const listener of this.#frameListeners) listener(frame);
    if (frame.type === 'events') for (const event of frame.events) this.#take(event);
    if (frame.type === 'snapshot' && this.#channels.has(frame.channel)) {
      this.#recovering.delete(frame.channel);
      this.#book.startAt(frame.channel, frame.sequence);
      this.#tell(frame.channel, { kind: 'snapshot', data: frame.data });
    }
    if (frame.type === 'subscribed' && frame.channels.length > 0) this.#renewed = false;
    if (frame.type === 'error') this.#refused(frame);
  }

  #refused({ code, channel }: ServerFrame & { readonly type: 'error' }): void {
    if (code === 'resume_impossible' && channel !== undefined) this.#restart(channel);
    else if (code === 'unauthenticated' && !this.#renewed) {
      this.#renewed = true;
      this.#connection.renewSession();
    }
  }

  #take(event: StreamEvent): void {
    const { channel, sequence, data } = event;
    if (!this.#channels.has(channel)) return;
    const verdict = this.#book.judge(event);
    if (verdict === 'deliver') {
      this.#recovering.delete(channel);
      this.#tell(channel, { kind: 'event', data, sequence });
    } else if (verdict === 'gap' && !this.#recovering.has(channel)) {
      this.#recovering.add(channel);
      this.#join([channel]);
    }
  }

  #restart(channel: string): void {
    this.#recovering.delete(channel);
    this.#book.forget(channel);
    if (!this.#channels.has(channel)) return;
    this.#send({ type: 'subscribe', channels: [channel] });
    this.#tell(channel, { kind: 'restart' });
  }

  #tell(channel: string, message: StreamMessage): void {
    for (const listener of this.#channels.get(channel) ?? []) listener(message);
  }

  #send(frame: ClientFrame): void {
    this.#connection.send(JSON.stringify(frame));
  }
}

function parts<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / MOST_CHANNELS);
  return Array.from({ length: count }, (_, index) => items.slice(index * MOST_CHANNELS, (index + 1) * MOST_CHANNELS));
}
