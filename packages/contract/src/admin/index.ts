/** Running the server: jobs, its state, prices and messages as they are, and words to all users. Users and audit have modules of their own. */
import type { Route } from '../route.ts';
import { createAnnouncement, listAnnouncements } from './announcements.ts';
import { listDeliveries, retryDelivery } from './deliveries.ts';
import { listJobs, removeJob, retryJob } from './jobs.ts';
import { listPrices, listSentNotifications } from './records.ts';
import { getSystem } from './system.ts';

export { Announcement, AUDIENCES, createAnnouncement, listAnnouncements } from './announcements.ts';
export { AdminDelivery, DELIVERY_CHANNELS, DELIVERY_STATES, listDeliveries, retryDelivery } from './deliveries.ts';
export { AdminJob, JOB_STATES, listJobs, removeJob, retryJob } from './jobs.ts';
export { AdminNotification, AdminPrice, listPrices, listSentNotifications, PRICE_SORTS } from './records.ts';
export { getSystem, SystemReport } from './system.ts';

export const adminRoutes: readonly Route[] = [
  listJobs,
  retryJob,
  removeJob,
  getSystem,
  listPrices,
  listSentNotifications,
  listDeliveries,
  retryDelivery,
  createAnnouncement,
  listAnnouncements,
];
