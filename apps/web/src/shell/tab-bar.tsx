import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { ThemeButton } from './quick-settings.tsx';
import { useSignOut } from './use-sign-out.ts';

/** The five places of a phone, with words. */
export function TabBar() {
  const { t } = useTranslation();
  const [more, setMore] = useState(false);
  return (
    <>
      <nav className="tab-bar" aria-label={t('shell.compact')}>
        <Link to="/home" activeOptions={{ includeSearch: false }}>
          <Icon name="home" size={20} />
          {t('nav.home')}
        </Link>
        <Link to="/portfolios" activeOptions={{ includeSearch: false }}>
          <Icon name="portfolio" size={20} />
          {t('nav.portfolio')}
        </Link>
        <Link to="/trade" activeOptions={{ includeSearch: false }}>
          <Icon name="trade" size={20} />
          {t('nav.trade')}
        </Link>
        <Link to="/markets" activeOptions={{ includeSearch: false }}>
          <Icon name="markets" size={20} />
          {t('nav.markets')}
        </Link>
        <button
          type="button"
          aria-haspopup="dialog"
          onClick={() => {
            setMore(true);
          }}
        >
          <Icon name="more" size={20} />
          {t('nav.more')}
        </button>
      </nav>
      <Dialog
        look="sheet bottom"
        open={more}
        title={t('nav.more')}
        onClose={() => {
          setMore(false);
        }}
      >
        <MoreList
          close={() => {
            setMore(false);
          }}
        />
      </Dialog>
    </>
  );
}

/** What a phone's tab bar has no room for, in the order of the sidebar. */
const PLACES = [
  { to: '/watchlists', icon: 'star', name: 'watchlists' },
  { to: '/alerts', icon: 'bell', name: 'alerts' },
  { to: '/documents', icon: 'archive', name: 'documents' },
  { to: '/transactions', icon: 'list', name: 'transactions' },
  { to: '/statements', icon: 'upload', name: 'statements' },
  { to: '/quality', icon: 'quality', name: 'quality' },
  { to: '/admin', icon: 'user', name: 'admin', administrator: true },
  { to: '/imports', icon: 'upload', name: 'imports', administrator: true },
  { to: '/settings', icon: 'settings', name: 'settings' },
  { to: '/developers/stream', icon: 'signal', name: 'streamMonitor' },
] as const satisfies readonly { to: string; icon: IconName; name: string; administrator?: boolean }[];

function MoreList({ close }: { readonly close: () => void }) {
  const { t } = useTranslation();
  const { data: user } = useQuery(meQuery);
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <nav className="more-list" aria-label={t('nav.more')}>
      {PLACES.filter((place) => !('administrator' in place) || user?.role === 'admin').map((place) => (
        <button
          key={place.to}
          type="button"
          onClick={() => {
            close();
            void navigate({ to: place.to });
          }}
        >
          <Icon name={place.icon} /> {t(`nav.${place.name}`)}
        </button>
      ))}
      <button
        type="button"
        onClick={() => {
          close();
          void signOut();
        }}
      >
        <Icon name="sign-out" /> {t('auth.signOut')}
      </button>
      <div className="row between">
        <span className="muted">{t('settings.themeLabel')}</span>
        <ThemeButton />
      </div>
    </nav>
  );
}
