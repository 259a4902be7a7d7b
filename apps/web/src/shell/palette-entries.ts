import type { Instrument } from '@holdfast/sdk';
import type { UseNavigateResult } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { meQuery, portfoliosQuery } from '../api/queries.ts';
import type { Translate } from '../i18n/i18n.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { changePreferences, preferences } from '../preferences/preferences-store.ts';
import { formatPrice, formatQuantity } from '../ui/figures/format-figure.ts';
import { useFigureStyle } from '../ui/figures/use-figure-style.ts';
import type { IconName } from '../ui/icon.tsx';
import { parseCommand, type Command } from './parse-command.ts';
import { useSignOut } from './use-sign-out.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly group: 'command' | 'symbols' | 'portfolios' | 'pages' | 'actions';
  readonly icon: IconName;
  readonly label: string;
  readonly note?: string;
  readonly run: () => void;
}

const MOST_SYMBOLS = 7;
const PAGES = [
  { to: '/home', icon: 'home', name: 'home' },
  { to: '/trade', icon: 'trade', name: 'trade' },
  { to: '/markets', icon: 'markets', name: 'markets' },
  { to: '/watchlists', icon: 'star', name: 'watchlists' },
  { to: '/alerts', icon: 'bell', name: 'alerts' },
  { to: '/portfolios', icon: 'portfolio', name: 'allPortfolios' },
  { to: '/documents', icon: 'archive', name: 'documents' },
  { to: '/transactions', icon: 'list', name: 'transactions' },
  { to: '/statements', icon: 'upload', name: 'statements' },
  { to: '/quality', icon: 'quality', name: 'quality' },
  { to: '/notifications', icon: 'bell', name: 'notifications' },
  { to: '/settings', icon: 'settings', name: 'settings' },
  { to: '/developers/stream', icon: 'signal', name: 'streamMonitor' },
] as const satisfies readonly { to: string; icon: IconName; name: string }[];

const ADMIN_PAGES = [
  { to: '/imports', icon: 'upload', name: 'imports' },
  { to: '/admin', icon: 'user', name: 'admin' },
] as const;

/** Everything the typed words could mean, the most likely first. */
export function usePaletteEntries(typed: string, instruments: readonly Instrument[], navigate: UseNavigateResult<string>): PaletteEntry[] {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const { data: user } = useQuery(meQuery);
  const { data: portfolios = [] } = useQuery(portfoliosQuery);
  const signOut = useSignOut();
  const command = parseCommand(typed, style.locale);
  const said = command === null ? [] : [commandEntry(command, t, (value) => (value === null ? '' : formatPrice(value, style)))];
  const symbols = instruments.slice(0, MOST_SYMBOLS).map((instrument): PaletteEntry => ({
    id: `symbol-${instrument.symbol}`,
    group: 'symbols',
    icon: 'markets',
    label: `${instrument.symbol} · ${instrument.name}`,
    note: [instrument.exchange, instrument.currency].filter(Boolean).join(' · '),
    run: () => void navigate({ to: '/instruments/$symbol', params: { symbol: instrument.symbol } }),
  }));
  const own = portfolios.map((portfolio): PaletteEntry => ({
    id: `portfolio-${portfolio.id}`,
    group: 'portfolios',
    icon: 'portfolio',
    label: portfolio.name,
    ...(portfolio.kind === 'paper' ? { note: t('portfolio.paper') } : {}),
    run: () => void navigate({ to: '/portfolios/$portfolioId/$view', params: { portfolioId: portfolio.id, view: 'overview' } }),
  }));
  const pages = [...PAGES, ...(user?.role === 'admin' ? ADMIN_PAGES : [])].map((page): PaletteEntry => ({
    id: `page-${page.name}`,
    group: 'pages',
    icon: page.icon,
    label: t(`nav.${page.name}`),
    run: () => void navigate({ to: page.to }),
  }));
  const fitting = [...own, ...pages, ...actions(t, navigate, signOut)].filter((entry) => fits(entry.label, typed));
  return [...said, ...symbols, ...fitting];

  function commandEntry(meant: Command, translate: Translate, price: (value: string | null) => string): PaletteEntry {
    if (meant.kind === 'theme') {
      const { theme } = meant;
      return {
        id: 'command',
        group: 'command',
        icon: 'screen',
        label: translate('palette.theme', { theme: translate(`settings.theme.${theme}`) }),
        run: () => {
          changePreferences({ theme });
        },
      };
    }
    const quantity = formatQuantity(meant.quantity, style);
    const label = translate(meant.limit === null ? `palette.order.${meant.side}` : `palette.order.${meant.side}Limit`, {
      quantity,
      symbol: meant.symbol,
      price: price(meant.limit),
    });
    const { side, symbol } = meant;
    const search = { side, symbol, quantity: meant.quantity, ...(meant.limit === null ? {} : { limit: meant.limit }) };
    return {
      id: 'command',
      group: 'command',
      icon: 'trade',
      label,
      note: translate('palette.toTicket'),
      run: () => void navigate({ to: '/trade', search }),
    };
  }
}

function actions(t: Translate, navigate: UseNavigateResult<string>, signOut: () => Promise<void>): PaletteEntry[] {
  const entry = (id: string, icon: IconName, label: string): Omit<PaletteEntry, 'run'> => ({ id, group: 'actions', icon, label });
  return [
    { ...entry('new-portfolio', 'plus', t('portfolio.new')), run: () => void navigate({ to: '/portfolios/new' }) },
    {
      ...entry('amounts', 'eye', t('shell.hideAmounts')),
      run: () => {
        changePreferences({ hideAmounts: !preferences().hideAmounts });
      },
    },
    { ...entry('sign-out', 'sign-out', t('auth.signOut')), run: () => void signOut() },
  ];
}

/** Every typed word begins a word of the label. */
function fits(label: string, typed: string): boolean {
  const words = label.toLowerCase().split(/[\s·]+/);
  return typed
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
