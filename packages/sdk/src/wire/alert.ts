import type { AnswerOf, BodyOf, QueryOf } from '@holdfast/contract';
import type {
  changeAlert,
  changeAlertSettings,
  createAlert,
  getAlert,
  getAlertSettings,
  listAlertEvents,
  listAlerts,
} from '@holdfast/contract/alerts';

export type Alert = AnswerOf<typeof getAlert>;
export type AlertCondition = Alert['condition'];
export type AlertStatus = Alert['status'];
export type NewAlert = BodyOf<typeof createAlert>;
export type AlertChange = BodyOf<typeof changeAlert>;
export type AlertQuery = QueryOf<typeof listAlerts>;
export type AlertEvent = AnswerOf<typeof listAlertEvents>['items'][number];
export type AlertSettings = AnswerOf<typeof getAlertSettings>;
export type AlertSettingsChange = BodyOf<typeof changeAlertSettings>;
