import { randomBytes } from 'node:crypto';
import { runStatement, type StatementRunner } from '../db/run-statement.ts';
import { BusError, checkTopic } from './bus.ts';

const channelPrefix = 'holdfast.';
/** PostgreSQL takes less than 8,000 bytes. */
const mostBytes = 7_999;

const sender = randomBytes(4).toString('hex');
let sent = 0;

export type Notification = { readonly channel: string; readonly message: string };

/** The NOTIFY of an event. Throws BusError when it is too large: publish an id then, and let listeners read the rest. */
export function notificationOf(topic: string, payload: unknown): Notification {
  checkTopic(topic);
  // PostgreSQL delivers equal notifications of one transaction once; the number makes each its own.
  sent += 1;
  const message = `${sender}${sent.toString(36)} ${JSON.stringify(payload)}`;
  const bytes = Buffer.byteLength(message);
  if (bytes > mostBytes) {
    throw new BusError(`An event of ${topic} has ${String(bytes)} bytes and may have ${String(mostBytes)}. Publish an id instead.`);
  }
  return { channel: channelOf(topic), message };
}

/** Publishes when the transaction commits, and not at all when it is rolled back. */
export async function publishWithin(transaction: StatementRunner, topic: string, payload: unknown): Promise<void> {
  const { channel, message } = notificationOf(topic, payload);
  await runStatement(transaction, 'select pg_notify($1, $2)', [channel, message]);
}

export function channelOf(topic: string): string {
  return channelPrefix + topic;
}

/** Null for channels of others. */
export function readNotification(channel: string, message: string): { readonly topic: string; readonly payload: unknown } | null {
  if (!channel.startsWith(channelPrefix)) return null;
  return { topic: channel.slice(channelPrefix.length), payload: JSON.parse(message.slice(message.indexOf(' ') + 1)) };
}
