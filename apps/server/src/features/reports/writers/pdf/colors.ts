/** The colours of reports: the web app's light ones, so that a figure looks the same on paper. */
export const COLORS = {
  ink: '#191E27',
  quiet: '#4A505A',
  faint: '#5E636D',
  line: '#DDE0E4',
  strongLine: '#82868E',
  inset: '#F6F7F9',
  accent: '#5F45BA',
  accentSoft: '#EEEDFE',
  up: '#047860',
  down: '#9E1710',
} as const;

/** Parts of a whole, by number; any two can be told apart by colour-blind readers too. What is left has the last. */
export const CATEGORIES = ['#8A74D6', '#C57A12', '#2F8F86', '#7A2150', '#1C4FA8', '#4A5200', '#5E636D'] as const;
