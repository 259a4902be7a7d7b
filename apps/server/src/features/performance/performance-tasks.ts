import { explainText, gainsText, incomeText, lotsText } from './account-history.ts';
import { forecastText } from './income-forecast.ts';
import { rollUpDays } from './daily-line.ts';
import { pastFigures } from './past-figures.ts';
import { performanceText, riskText } from './measure-period.ts';
import { whatIfText } from './what-if.ts';

/** What the threads of performance can do. The roll-up and past figures answer values, the others the JSON text of an answer. */
export const performanceTasks = {
  rollUp: rollUpDays,
  performance: performanceText,
  risk: riskText,
  gains: gainsText,
  income: incomeText,
  lots: lotsText,
  explain: explainText,
  pastFigures,
  whatIf: whatIfText,
  forecast: forecastText,
};

export type PerformanceTasks = typeof performanceTasks;
