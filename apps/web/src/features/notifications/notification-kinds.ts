import type { NotificationKind } from '@holdfast/sdk';

/** In the order in which they are offered. */
export const NOTIFICATION_KINDS = [
  'fill',
  'refusal',
  'alert',
  'marketMove',
  'dividend',
  'import',
  'report',
  'margin',
  'security',
  'announcement',
] as const satisfies readonly NotificationKind[];

export const CHANNELS = ['inApp', 'email', 'push', 'webhook'] as const;
