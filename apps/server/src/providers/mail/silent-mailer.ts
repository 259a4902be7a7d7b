import type { Mailer } from './mailer.ts';

/** Mail is off: it says so, and whoever sends all the same sends nothing. */
export function createSilentMailer(): Mailer {
  return { isOn: false, send: () => Promise.resolve(), close: () => undefined };
}
