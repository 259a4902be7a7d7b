/** Typed client of the API: HTTP calls and the live stream. */
export { createApiError, isApiError, isUnanswered, type ApiError } from './api-error.ts';
export { createHoldfastClient, type HoldfastClient } from './holdfast-client.ts';
export { createHttpClient, path, type ApiRequest, type HttpClient, type HttpClientOptions } from './http-client.ts';
export { StreamClient, type StreamListener, type StreamMessage, type StreamOptions } from './stream/stream-client.ts';
export type { StreamSocket, StreamStatus, StreamTimers } from './stream/stream-connection.ts';
export type { ClientFrame, ServerFrame, StreamEvent } from './stream/stream-frame.ts';
export type { Credentials, PasswordChange, ProfileChange, Registration, Role, Session, SignedIn, User } from './wire/account.ts';
export type {
  AdminInstrumentQuery,
  AdminJob,
  AdminJobQuery,
  AdminPrice,
  AdminPriceQuery,
  AdminUser,
  AdminUserChange,
  AdminUserQuery,
  Announcement,
  AuditEntry,
  AuditQuery,
  InstrumentChange,
  NewAnnouncement,
  ProviderReport,
  SentNotification,
  SentNotificationQuery,
  SystemReport,
} from './wire/admin.ts';
export type {
  Document,
  DocumentChange,
  DocumentKind,
  DocumentQuery,
  DocumentUsage,
  DocumentVersion,
  NewDocument,
} from './wire/document.ts';
export type {
  ApiKey,
  ApiKeyScope,
  ApiKeyWish,
  EmailChange,
  EmailState,
  NewApiKey,
  NewPasskey,
  Passkey,
  PasskeyProof,
  PasswordReset,
  RecoveryCodes,
  TotpSecret,
  TotpState,
} from './wire/security.ts';
export type { ImportStatus, ImportSummary, RejectedRow, TickImport } from './wire/import.ts';
export type { ColumnMapping, Statement, StatementConfirmation, StatementFormat, StatementRow } from './wire/statement.ts';
export type {
  AssetClass,
  Bar,
  BarInterval,
  BarQuery,
  BarSeries,
  ExchangeRateQuery,
  ExchangeRates,
  IndicatorQuery,
  Indicators,
  Instrument,
  InstrumentQuery,
  MarketClock,
  Movers,
  Quote,
  QuoteEvent,
  QuoteList,
  Statistics,
} from './wire/market.ts';
export type {
  Fill,
  NewOrder,
  Order,
  OrderChange,
  OrderPreview,
  OrderQuery,
  OrderRefusal,
  OrderSide,
  OrderStatus,
  OrderType,
  TimeInForce,
} from './wire/order.ts';
export type {
  Alert,
  AlertChange,
  AlertCondition,
  AlertEvent,
  AlertQuery,
  AlertSettings,
  AlertSettingsChange,
  AlertStatus,
  NewAlert,
} from './wire/alert.ts';
export type {
  NewPushSubscription,
  NewWebhook,
  Notification,
  NotificationChoices,
  NotificationEvent,
  NotificationKind,
  NotificationPreferences,
  NotificationQuery,
  PushSubscriptionEntry,
  Webhook,
  WebhookChange,
  WebhookDelivery,
  WebhookDeliveryQuery,
  WebhookWithSecret,
} from './wire/notification.ts';
export type { Day, DecimalText, Instant, Page, PageQuery } from './wire/page.ts';
export type {
  AllocationSlice,
  CashBalance,
  CashMode,
  CashMove,
  CashReceipt,
  CostMethod,
  ExplainedFigure,
  Explanation,
  Income,
  IncomeQuery,
  LotList,
  NewPortfolio,
  NewTransaction,
  Performance,
  PerformanceQuery,
  Portfolio,
  PortfolioChange,
  PortfolioKind,
  PortfolioSummary,
  Position,
  QualityIssue,
  RealizedGains,
  RealizedGainsQuery,
  Risk,
  RiskQuery,
  Snapshots,
  Trail,
  TrailSource,
  Transaction,
  TransactionCorrection,
  TransactionQuery,
  TransactionType,
} from './wire/portfolio.ts';
export type { AccountExport, AccountImport, ExportQuery } from './wire/export.ts';
export type { NewReport, Report, ReportFormat, ReportKind, ReportQuery, ReportStatus } from './wire/report.ts';
export type { Problem, ProblemField } from './wire/problem.ts';
export type {
  NewWatchlist,
  NewWatchlistItem,
  Plan,
  Watchlist,
  WatchlistChange,
  WatchlistItem,
  WatchlistItemChange,
  WatchlistWithItems,
  WatchOutcome,
} from './wire/watchlist.ts';
