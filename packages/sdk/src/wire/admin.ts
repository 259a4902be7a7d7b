import type { AnswerOf, BodyOf, QueryOf } from '@holdfast/contract';
import type { changeUser, listUsers } from '@holdfast/contract/accounts';
import type {
  createAnnouncement,
  getSystem,
  listAnnouncements,
  listDeliveries,
  listJobs,
  listPrices,
  listSentNotifications,
} from '@holdfast/contract/admin';
import type { listAudit } from '@holdfast/contract/audit';
import type { listInstruments, updateInstrument } from '@holdfast/contract/instruments';
import type { listProviders } from '@holdfast/contract/price-feed';

type ItemOf<Answer> = Answer extends { readonly items: readonly (infer Item)[] } ? Item : never;

export type AdminUser = ItemOf<AnswerOf<typeof listUsers>>;
export type AdminUserQuery = QueryOf<typeof listUsers>;
export type AdminUserChange = BodyOf<typeof changeUser>;
export type AdminDelivery = ItemOf<AnswerOf<typeof listDeliveries>>;
export type AdminDeliveryQuery = QueryOf<typeof listDeliveries>;
export type AdminJob = ItemOf<AnswerOf<typeof listJobs>>;
export type AdminJobQuery = QueryOf<typeof listJobs>;
export type AdminPrice = ItemOf<AnswerOf<typeof listPrices>>;
export type AdminPriceQuery = QueryOf<typeof listPrices>;
export type SentNotification = ItemOf<AnswerOf<typeof listSentNotifications>>;
export type SentNotificationQuery = QueryOf<typeof listSentNotifications>;
export type AuditEntry = ItemOf<AnswerOf<typeof listAudit>>;
export type AuditQuery = QueryOf<typeof listAudit>;
export type Announcement = ItemOf<AnswerOf<typeof listAnnouncements>>;
export type NewAnnouncement = BodyOf<typeof createAnnouncement>;
export type SystemReport = AnswerOf<typeof getSystem>;
export type ProviderReport = AnswerOf<typeof listProviders>;
export type AdminInstrumentQuery = QueryOf<typeof listInstruments>;
export type InstrumentChange = BodyOf<typeof updateInstrument>;
