/** A WebSocket that keeps what is sent, for tests: no network, and as full or empty as the test says. */
import type { WebSocket } from 'ws';
import { StreamClient } from './stream-client.ts';

export interface TestConnection {
  readonly client: StreamClient;
  /** What was sent, as it was handed over. */
  readonly sent: (string | Buffer)[];
  /** Events of all frames so far: channel, sequence, data. */
  events(): readonly (readonly [channel: string, sequence: number, data: unknown])[];
  /** How much of what was sent is not yet on its way. */
  unsent: number;
  readonly closedWith: number | null;
}

export function testConnection(): TestConnection {
  const sent: (string | Buffer)[] = [];
  const state = { unsent: 0, closedWith: null as number | null };
  const socket = {
    OPEN: 1,
    get readyState() {
      return state.closedWith === null ? 1 : 3;
    },
    get bufferedAmount() {
      return state.unsent;
    },
    send: (frame: string | Buffer) => void sent.push(frame),
    close: (code: number) => {
      state.closedWith ??= code;
    },
    terminate: () => undefined,
  };
  return {
    client: new StreamClient(socket as unknown as WebSocket),
    sent,
    events: () =>
      sent.flatMap((frame) => {
        const { events } = JSON.parse(String(frame)) as { events: { channel: string; sequence: number; data: unknown }[] };
        return events.map(({ channel, sequence, data }) => [channel, sequence, data] as const);
      }),
    get unsent() {
      return state.unsent;
    },
    set unsent(bytes) {
      state.unsent = bytes;
    },
    get closedWith() {
      return state.closedWith;
    },
  };
}
