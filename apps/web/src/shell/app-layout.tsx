import { Outlet, useNavigate, useRouter } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { keepOffline } from '../live/kept-figures.ts';
import { usePreferences } from '../preferences/preferences-store.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { RefreshingLine } from './refreshing-line.tsx';
import { Sidebar } from './sidebar.tsx';
import { TabBar } from './tab-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useShortcuts, type Layer } from './use-shortcuts.ts';

const CommandPalette = lazy(() => import('./command-palette.tsx').then((module) => ({ default: module.CommandPalette })));
const KeyList = lazy(() => import('./key-list.tsx').then((module) => ({ default: module.KeyList })));

/** The frame of every page behind the sign-in. */
export function AppLayout() {
  const { t } = useTranslation();
  const { rail } = usePreferences();
  const [layer, setLayer] = useState<Layer | null>(null);
  useShortcuts(layer, setLayer);
  useSessionGuard();
  useEffect(keepOffline, []);
  const close = (): void => {
    setLayer(null);
  };
  return (
    <div className={rail ? 'app rail' : 'app'}>
      <TopBar
        onSearch={() => {
          setLayer('palette');
        }}
        onKeys={() => {
          setLayer('keys');
        }}
      />
      <Sidebar />
      <main className="main" id="main" tabIndex={-1} aria-label={t('shell.content')}>
        <ConnectionBanner />
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      <TabBar />
      <RefreshingLine />
      <Suspense>
        {layer === 'palette' && <CommandPalette onClose={close} />}
        {layer === 'keys' && <KeyList onClose={close} />}
      </Suspense>
    </div>
  );
}

/** A session that ends while a page is open leads to the sign-in, and from there back to the page. Who signed out is on the way there. */
function useSessionGuard(): void {
  const navigate = useNavigate();
  const router = useRouter();
  const { data } = useQuery(meQuery);
  useEffect(() => {
    if (data !== null || router.latestLocation.pathname === '/login') return;
    void navigate({ to: '/login', search: { next: location.pathname + location.search }, replace: true });
  }, [data, navigate, router]);
}
