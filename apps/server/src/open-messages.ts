/** What is told to users and how it reaches them, wired for app.ts. */
import { randomInt } from 'node:crypto';
import type { Platform } from './app.ts';
import { FACTS_ADDED } from './features/imports/index.ts';
import { openNotifications } from './features/notifications/index.ts';
import type { Notifications } from './features/notifications/index.ts';
import type { Trading } from './open-trading.ts';
import { openMailer } from './providers/mail/index.ts';
import { createOutside } from './providers/outside/index.ts';

export interface Messages extends Omit<Notifications, 'start'> {
  /** Begins to send what falls due and to tell owners of their orders. */
  start(trading: Pick<Trading, 'desk' | 'news'>): Promise<void>;
}

const CHANCES = 2 ** 32;

export function openMessages({ config, clock, db, bus, logger }: Platform): Messages {
  const { smtpUrl, mailFrom, webhookAllowHosts, vapidKeys, vapidSubject } = config.messages;
  const publicUrl = config.http.publicUrl ?? `http://localhost:${config.http.port}`;
  const notifications = openNotifications({
    db,
    clock,
    bus,
    secretKey: config.secretKey,
    mailer: openMailer({ smtpUrl, from: mailFrom }),
    outside: createOutside({ allowHosts: webhookAllowHosts }),
    vapidKeys,
    vapidSubject,
    publicUrl,
    factsAdded: FACTS_ADDED,
    chance: () => randomInt(CHANCES) / CHANCES,
    onError: (error) => logger.error({ err: error }, 'a message to users failed'),
  });
  const stops: (() => void)[] = [];
  return {
    ...notifications,
    async start({ desk, news }) {
      stops.push(
        desk.onCommitted(({ orderEvents }) => {
          const told = orderEvents.filter(({ order }) => order.status !== 'accepted').map(({ portfolioId }) => portfolioId);
          if (told.length > 0) notifications.ordersChanged(told);
        }),
        await news.hear(notifications.ordersChanged),
      );
      await notifications.start();
    },
    async close() {
      for (const stop of stops) stop();
      await notifications.close();
    },
  };
}
