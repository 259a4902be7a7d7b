/**
 * State channels: quotes, bars, values. Each change is written once and shared by all listeners; clients that follow the same
 * channels share whole frames, one per flush. A reader that is behind skips frames; when it has caught up it gets the newest state of
 * each channel that changed meanwhile, once.
 */
import { eventsFrame, eventText } from './stream-client.ts';
import type { StreamClient } from './stream-client.ts';

interface StateChannel {
  readonly name: string;
  sequence: number;
  data: string | null;
  /** The event as text, or null before the first. */
  event: string | null;
  dirty: boolean;
  /** Clients that follow, and those about to. */
  holders: number;
}

/** Clients with the same set of state channels. */
interface Audience {
  readonly channels: readonly StateChannel[];
  readonly members: Set<StreamClient>;
}

interface Audiences {
  /** Moves a client to the audience of its present channels, given in the order of their names. */
  place(client: StreamClient, channels: readonly StateChannel[]): void;
  all(): Iterable<Audience>;
}

function createAudiences(): Audiences {
  const audiences = new Map<string, Audience>();
  const keyOf = new Map<StreamClient, string>();
  const leave = (client: StreamClient): void => {
    const key = keyOf.get(client) ?? '';
    const audience = audiences.get(key);
    keyOf.delete(client);
    audience?.members.delete(client);
    if (audience?.members.size === 0) audiences.delete(key);
  };
  return {
    place(client, channels) {
      leave(client);
      if (channels.length === 0) return;
      const key = channels.map(({ name }) => name).join('\n');
      const audience = audiences.get(key) ?? { channels, members: new Set() };
      audience.members.add(client);
      audiences.set(key, audience);
      keyOf.set(client, key);
    },
    all: () => audiences.values(),
  };
}

export interface StateChannels {
  /** From now on changes of the channel are kept, until `release`. */
  retain(name: string): void;
  release(name: string): void;
  follow(client: StreamClient, names: readonly string[]): void;
  unfollow(client: StreamClient, names: readonly string[]): void;
  /** Whether anybody follows the state channel, or is about to. */
  isFollowed(name: string): boolean;
  /** New state of a channel: `data` is JSON text. Goes out with the next flush. */
  setState(name: string, data: string): void;
  /** The newest state that was set; sequence 0 and null when none was since the channel is followed. */
  stateOf(name: string): { readonly sequence: number; readonly data: string | null };
  /** Sends every changed state to those who follow it. */
  flush(): void;
}

/** The channels somebody holds. */
function createChannelRegistry() {
  const channels = new Map<string, StateChannel>();
  return {
    get: (name: string) => channels.get(name),
    retain(name: string): void {
      const channel = channels.get(name) ?? { name, sequence: 0, data: null, event: null, dirty: false, holders: 0 };
      channels.set(name, channel);
      channel.holders += 1;
    },
    release(name: string): void {
      const channel = channels.get(name);
      if (channel === undefined) return;
      channel.holders -= 1;
      if (channel.holders === 0) channels.delete(name);
    },
  };
}

export function createStateChannels(): StateChannels {
  const channels = createChannelRegistry();
  const audiences = createAudiences();
  const missed: Missed = new Map();
  let dirty: StateChannel[] = [];

  const regroup = (client: StreamClient): void => {
    if (client.states.size === 0) missed.delete(client);
    for (const channel of missed.get(client) ?? []) if (!client.states.has(channel.name)) missed.get(client)?.delete(channel);
    audiences.place(
      client,
      [...client.states].sort().flatMap((name) => channels.get(name) ?? []),
    );
  };

  return {
    retain: channels.retain,
    release: channels.release,
    follow(client, names) {
      for (const name of names) {
        if (client.states.has(name)) continue;
        client.states.add(name);
        channels.retain(name);
      }
      regroup(client);
    },
    unfollow(client, names) {
      for (const name of names) if (client.states.delete(name)) channels.release(name);
      regroup(client);
    },
    isFollowed: (name) => channels.get(name) !== undefined,
    setState(name, data) {
      const channel = channels.get(name);
      if (channel === undefined) return;
      channel.sequence += 1;
      channel.data = data;
      channel.event = eventText(name, { sequence: channel.sequence, data });
      if (channel.dirty) return;
      channel.dirty = true;
      dirty.push(channel);
    },
    stateOf(name) {
      const channel = channels.get(name);
      return { sequence: channel?.sequence ?? 0, data: channel?.data ?? null };
    },
    flush() {
      if (dirty.length > 0) for (const audience of audiences.all()) flushTo(audience, missed);
      for (const client of missed.keys()) if (!client.isBehind) sendMissed(client, missed);
      for (const channel of dirty) channel.dirty = false;
      dirty = [];
    },
  };
}

/** Clients for which frames were skipped, and the channels that were in them. */
type Missed = Map<StreamClient, Set<StateChannel>>;

function flushTo({ channels, members }: Audience, missed: Missed): void {
  const changed = channels.filter(({ dirty, event }) => dirty && event !== null);
  if (changed.length === 0) return;
  const frame = Buffer.from(frameOf(changed));
  for (const client of members) {
    const skipped = missed.get(client);
    if (skipped !== undefined) for (const channel of changed) skipped.add(channel);
    else if (client.isBehind) missed.set(client, new Set(changed));
    else client.send(frame);
  }
}

function sendMissed(client: StreamClient, missed: Missed): void {
  const skipped = missed.get(client);
  missed.delete(client);
  if (skipped !== undefined && skipped.size > 0) client.send(frameOf([...skipped]));
}

function frameOf(channels: readonly StateChannel[]): string {
  return eventsFrame(channels.flatMap(({ event }) => event ?? []));
}
