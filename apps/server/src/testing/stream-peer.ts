/** A client of the stream over a real socket: what comes is held against the contract and kept, in order. */
import { ServerFrame } from '@holdfast/contract/stream';
import { Ajv } from 'ajv';
import { WebSocket } from 'ws';
import type { ServerProcess } from './server-process.ts';
import type { TestApp } from './test-app.ts';

export type Frame = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface StreamEvent {
  readonly channel: string;
  readonly sequence: number;
  readonly data: unknown;
}

export interface StreamPeer {
  readonly frames: readonly Frame[];
  /** The text of the frames as it came. */
  readonly texts: readonly string[];
  say(frame: object | string | Buffer): void;
  /** The next frame of a type that was not asked for before; waits for it. */
  next(type: string): Promise<Frame>;
  /** Events of a channel so far. */
  events(channel: string): readonly StreamEvent[];
  /** Waits until a channel's events so far are as wished. */
  until(channel: string, fits: (events: readonly StreamEvent[]) => boolean): Promise<readonly StreamEvent[]>;
  /** The close code, when it comes. */
  readonly closed: Promise<number>;
  close(): void;
}

const isServerFrame = new Ajv({ strict: false }).compile(ServerFrame);

/** The app has to listen; a server process does. */
export async function connectStream(
  server: Pick<TestApp, 'http'> | Pick<ServerProcess, 'url'>,
  headers: Readonly<Record<string, string>> = {},
): Promise<StreamPeer> {
  const port = 'url' in server ? new URL(server.url).port : portOf(server);
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/stream`, { headers: { host: 'localhost', ...headers } });
  const frames: Frame[] = [];
  const texts: string[] = [];
  const taken = new Set<Frame>();
  let wake: (() => void)[] = [];
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (raw: Buffer) => {
    const frame = JSON.parse(raw.toString('utf8')) as Frame;
    if (!isServerFrame(frame)) throw new Error(`The server broke the contract of the stream: ${raw.toString('utf8').slice(0, 500)}`);
    frames.push(frame);
    texts.push(raw.toString('utf8'));
    for (const one of wake.splice(0)) one();
  });
  const waitFor = async <Found>(find: () => Found | undefined): Promise<Found> => {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (wake = [...wake, resolve]));
    }
  };
  const events = (channel: string) =>
    frames.flatMap((frame) =>
      frame.type === 'events' ? (frame['events'] as StreamEvent[]).filter((event) => event.channel === channel) : [],
    );
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return {
    frames,
    texts,
    say: (frame) => socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame)),
    async next(type) {
      const frame = await waitFor(() => frames.find((one) => one.type === type && !taken.has(one)));
      taken.add(frame);
      return frame;
    },
    events,
    until: (channel, fits) => waitFor(() => (fits(events(channel)) ? events(channel) : undefined)),
    closed,
    close: () => socket.close(),
  };
}

export function portOf({ http }: Pick<TestApp, 'http'>): number {
  const address = http.server.address();
  if (address === null || typeof address === 'string') throw new Error('The app does not listen.');
  return address.port;
}
