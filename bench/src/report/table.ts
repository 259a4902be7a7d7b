import type { Figure } from '../measure/figure.ts';
import type { Machine } from '../measure/machine.ts';
import type { Goal, Outcome } from '../measure/outcome.ts';

export type KeptOutcome = Outcome & {
  /** YYYY-MM-DD. */
  readonly measuredOn: string;
};

/** What results.json keeps. */
export interface Results {
  readonly machine: Machine;
  readonly outcomes: readonly KeptOutcome[];
}

const HEAD = `| # | Work | Measured | Yardstick | Ratio, or what the goal counts (lowest to highest) | Goal | Load | Day |
|---|---|---|---|---|---|---|---|`;

/** The results as a table of Markdown, with what else was seen below it. */
export function tableOf({ machine, outcomes }: Results): string {
  const { processors, processor, memoryGigabytes, system, node, postgres } = machine;
  const rows = outcomes.map(rowOf);
  const notes = outcomes.flatMap(({ row, title, notes: said }) => said.map((note) => `- ${row} (${title}): ${note}`));
  return [
    `${processors} processors (${processor}), ${memoryGigabytes} GB, ${system}, Node ${node.replace(/^v/, '')}, PostgreSQL ${postgres}.`,
    '',
    HEAD,
    ...rows,
    ...(notes.length > 0 ? ['', ...notes] : []),
  ].join('\n');
}

export function rowOf({ row, title, unit, subject, yardstick, judged, goal, reached, load, measuredOn }: KeptOutcome): string {
  const cells = [
    row,
    title,
    `${number(subject.median)} ${unit}`,
    yardstick === null ? '–' : `${number(yardstick.median)} ${unit}`,
    `${number(judged.median)} (${spread(judged)})`,
    `${goalText(goal)}: ${reached ? 'reached' : '**not reached**'}`,
    load.toFixed(1),
    measuredOn,
  ];
  return `| ${cells.join(' | ')} |`;
}

function goalText({ atLeast, atMost }: Goal): string {
  if (atLeast !== undefined) return `at least ${atLeast}`;
  return atMost === undefined ? 'none' : `at most ${atMost}`;
}

function spread({ lowest, highest }: Figure): string {
  return `${number(lowest)} to ${number(highest)}`;
}

/** Three digits that count. */
function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));
}
