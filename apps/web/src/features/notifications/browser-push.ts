/** This browser's own push subscription. */
import { api } from '../../api/api.ts';

export type PushFault = 'denied' | 'unsupported' | 'failed';

const WORKER = '/push-worker.js';

export function knowsPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
}

/** Whether this browser has a subscription; asks for nothing. */
export async function isSubscribed(): Promise<boolean> {
  if (!knowsPush()) return false;
  const registration = await navigator.serviceWorker.getRegistration('/');
  return ((await registration?.pushManager.getSubscription()) ?? null) !== null;
}

/** Asks for the permission, subscribes and tells the server. Null when it is done. */
export async function subscribeToPush(publicKey: string): Promise<PushFault | null> {
  if (!knowsPush()) return 'unsupported';
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  const registration = await navigator.serviceWorker.register(WORKER, { scope: '/' });
  await navigator.serviceWorker.ready;
  const subscription = await subscribe(registration.pushManager, publicKey);
  if (subscription === null) return 'failed';
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (endpoint === undefined || p256dh === undefined || auth === undefined) return 'failed';
  await api.notifications.addPushSubscription({ endpoint, keys: { p256dh, auth } });
  return null;
}

/** The push service answers 410 from then on, so that the server forgets it with the next message. */
export async function unsubscribeFromPush(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration('/');
  const subscription = (await registration?.pushManager.getSubscription()) ?? null;
  await subscription?.unsubscribe();
}

async function subscribe(manager: PushManager, publicKey: string): Promise<PushSubscription | null> {
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  try {
    return await manager.subscribe(options);
  } catch {
    // Subscribed under another key of the server: that one ends first.
    await (await manager.getSubscription().catch(() => null))?.unsubscribe();
    return manager.subscribe(options).catch(() => null);
  }
}
