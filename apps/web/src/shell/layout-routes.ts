import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { meQuery, queryClient } from '../api/queries.ts';
import { wantMemberWords } from '../i18n/i18n.ts';
import { RootLayout } from './root-layout.tsx';

/** What every page stands in. */
export const root = createRootRoute({ component: RootLayout });

/** Pages for those who are not signed in; who is goes home. */
export const guest = createRoute({
  getParentRoute: () => root,
  id: 'guest',
  component: lazyRouteComponent(() => import('./public-layout.tsx'), 'PublicLayout'),
  beforeLoad: async () => {
    const user = await queryClient.ensureQueryData(meQuery).catch(() => null);
    if (user !== null) redirect({ to: '/home', throw: true });
  },
});

/** Pages that links in mails lead to, for whoever reads the mail, signed in or not. */
export const mailed = createRoute({
  getParentRoute: () => root,
  id: 'mailed',
  component: lazyRouteComponent(() => import('./public-layout.tsx'), 'PublicLayout'),
});

/** Pages that need a session; who has none signs in first and comes back. */
export const member = createRoute({
  getParentRoute: () => root,
  id: 'member',
  component: lazyRouteComponent(() => import('./app-layout.tsx'), 'AppLayout'),
  beforeLoad: async ({ location }) => {
    const [user] = await Promise.all([queryClient.ensureQueryData(meQuery), wantMemberWords()]);
    if (user === null) redirect({ to: '/login', search: { next: location.href }, throw: true });
  },
});
