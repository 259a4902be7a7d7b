/** Portfolios: opening, changing, archiving, resetting; whose they are. */
export { changePortfolio, ownPortfolio } from './change-portfolio.ts';
export { openDefaultPortfolio, openPortfolio } from './open-portfolio.ts';
export type { PortfolioNeeds } from './open-portfolio.ts';
export type { PortfolioCaller } from './portfolio-caller.ts';
export { bindPortfolioRoutes } from './portfolio-routes.ts';
export {
  erasePortfolioRows,
  findDefaultPortfolio,
  findPortfolios,
  getDefaultPortfolio,
  listPaper,
  listTracked,
  lockHead,
  raiseVersion,
} from './portfolio-store.ts';
export { describePortfolio } from './portfolio.ts';
export type { Portfolio } from './portfolio.ts';
