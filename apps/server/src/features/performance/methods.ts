/** How each figure is computed, in one sentence: what the API shows beside it and the docs repeat. */
export const RETURN_SENTENCES = {
  timeWeighted: 'Daily returns, linked by multiplication: inflows at the start of the day, outflows at its end. Judges what was held.',
  annualized: 'The time-weighted return a year, (1 + r)^(365 / days) - 1. Null below one year.',
  moneyWeighted:
    'The rate at which all flows and the value now are worth nothing (XIRR, ACT/365): a year from one year on, over the span below.',
  simple: 'Gain over everything put in: the opening value and all inflows.',
  roai: 'Gain over the mean of the money at work on each day.',
  drawdown: 'Fall from the highest level so far of the time-weighted index.',
  rollingReturn: 'Time-weighted return of the 365 days up to the day.',
  benchmarkReturn: 'Growth of the benchmark since the day before the period, in the base currency.',
  benchmarkValue: 'What the opening value and the same flows would be worth in the benchmark.',
} as const;

export const RISK_SENTENCES = {
  observations: 'Weekdays with capital; what happens on a weekend counts on the next weekday.',
  volatility: 'Sample standard deviation of daily time-weighted returns x sqrt(252).',
  downsideDeviation: 'Root of the mean squared shortfall below 0 over all observations x sqrt(252).',
  sharpe: 'Mean daily return above the risk-free rate over its standard deviation x sqrt(252).',
  sortino: 'Yearly mean return above 0 over the downside deviation.',
  calmar: 'Annualised time-weighted return over the maximum drawdown. Null below one year.',
  omega: 'Sum of gains over sum of losses of daily returns.',
  maxDrawdown: 'Deepest fall of the time-weighted index from a peak.',
  valueAtRisk: 'Historical: the loss of a day that is exceeded on 1 - confidence of the days (linear interpolation). A loss is positive.',
  parametricValueAtRisk: 'The same of a normal distribution with the mean and standard deviation seen.',
  conditionalValueAtRisk: 'Mean loss of the days at or beyond the value at risk.',
  beta: 'Covariance with the benchmark over its variance, same weekdays, base currency.',
  alpha: 'Jensen: mean return above the risk-free rate less beta times the benchmark’s, x 252.',
  trackingError: 'Standard deviation of the difference to the benchmark x sqrt(252).',
  informationRatio: 'Mean difference to the benchmark over the tracking error, annualised.',
  upCapture: 'Annualised return on days the benchmark rose, over the benchmark’s.',
  downCapture: 'Annualised return on days the benchmark fell, over the benchmark’s.',
} as const;
