/** The order desk: decides, writes and answers every command that moves a paper portfolio's money. */
export { openDesk } from './desk.ts';
export type { Committed, Desk } from './desk.ts';
export type { CashReceipt, Commander, DeskCommand, DeskOutcome, PlaceCommand } from './desk-command.ts';
export type { OrderEvent } from './batch.ts';
export { createDeskNews } from './desk-news.ts';
export type { DeskNews } from './desk-news.ts';
export { receiptText } from './decide-command.ts';
export { readOpenOrders, readOrders, storedLots } from './desk-store.ts';
export { createMarket } from './market.ts';
export type { Market, SessionOf } from './market.ts';
export type { Fill, KeptOrder, PortfolioState } from './portfolio-state.ts';
export { PortfolioStates } from './portfolio-states.ts';
export { refusalError } from './refusal-error.ts';
export { tradingSettings } from './trading-settings.ts';
export type { TradingSettings } from './trading-settings.ts';
