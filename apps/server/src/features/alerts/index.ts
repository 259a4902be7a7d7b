/** Alerts: standing questions about prices, indicators and portfolios, answered once at each crossing. */
export { alertsFollowing } from './alert-members.ts';
export { tellAlertNews } from './alert-news.ts';
export { activateAlert, changeAlert, createAlert, deactivateAlert, deleteAlert, getAlert } from './change-alert.ts';
export type { AlertNeeds } from './change-alert.ts';
export { listAlerts } from './list-alerts.ts';
export { openAlerts } from './open-alerts.ts';
export type { Alerts } from './open-alerts.ts';
