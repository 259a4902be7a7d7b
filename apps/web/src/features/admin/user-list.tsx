import type { AdminUser, AdminUserChange, AdminUserQuery, Role } from '@holdfast/sdk';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Age, Moment } from '../../ui/figures/age.tsx';
import { ChoiceBox } from '../../ui/tables/choice-box.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { readSorting, writeSorting } from '../../ui/tables/sort-rows.ts';
import { clearOf, type AdminViewProps } from './admin-address.ts';
import { ListTools } from './list-tools.tsx';
import { PagedList } from './paged-list.tsx';
import { useAdminChange } from './use-admin-change.ts';

const ROLES = ['standard', 'premium', 'admin'] as const satisfies readonly Role[];
const NEWEST_FIRST = { column: 'createdAt', descending: true };
const STATES = ['active', 'inactive'] as const;

/** Every account: what role and plan it has, where it is signed in, and what may be done about it. */
export function UserList({ address, onAddress }: AdminViewProps) {
  const { t } = useTranslation();
  const sorting = readSorting(address.sort, ['createdAt', 'email'], NEWEST_FIRST);
  const query: AdminUserQuery = {
    ...(address.search === undefined ? {} : { search: address.search }),
    ...roleOf(address.kind),
    ...(address.state === undefined ? {} : { isActive: address.state === 'active' }),
    sort: writeSorting(sorting) as NonNullable<AdminUserQuery['sort']>,
  };
  return (
    <PagedList
      title={t('admin.view.users')}
      onClear={clearOf({ address, onAddress })}
      queryKey={['users', query]}
      fetchPage={(cursor, signal) => api.admin.users(cursor === undefined ? query : { ...query, cursor }, signal)}
      rowKey={(row) => row.id}
      columns={useColumns()}
      sorting={sorting}
      onSort={(next) => {
        onAddress({ ...address, sort: writeSorting(next) });
      }}
    >
      <ListTools
        {...{ address, onAddress }}
        searchLabel={t('admin.users.search')}
        kindLabel={t('admin.users.role')}
        allKinds={t('admin.users.allRoles')}
        kinds={ROLES.map((value) => ({ value, label: t(`account.role.${value}`) }))}
      >
        <ChoiceBox
          label={t('admin.users.state')}
          all={t('admin.users.allStates')}
          value={address.state}
          options={STATES.map((value) => ({ value, label: t(`admin.users.${value}`) }))}
          onChoose={(state) => {
            onAddress({ ...address, state });
          }}
        />
      </ListTools>
    </PagedList>
  );
}

function roleOf(kind: string | undefined): { readonly role?: Role } {
  const role = ROLES.find((known) => known === kind);
  return role === undefined ? {} : { role };
}

function useColumns(): Column<AdminUser>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'email',
      header: t('admin.users.user'),
      sortable: true,
      cell: (row) => (
        <div className="admin-cell">
          <span className="strong">{[row.firstName, row.lastName].filter(Boolean).join(' ') || (row.username ?? row.email)}</span>
          <span className="small faint">
            {row.email} {!row.isActive && <Badge look="danger">{t('admin.users.inactive')}</Badge>}
          </span>
        </div>
      ),
    },
    { id: 'createdAt', header: t('admin.users.since'), sortable: true, wideOnly: true, cell: (row) => <Moment at={row.createdAt} /> },
    {
      id: 'seen',
      header: t('admin.users.seen'),
      wideOnly: true,
      cell: (row) => (row.lastSeenAt === null ? t('admin.never') : <Age at={row.lastSeenAt} />),
    },
    { id: 'sessions', header: t('admin.users.sessions'), end: true, wideOnly: true, cell: (row) => row.openSessions },
    { id: 'actions', header: t('table.actions'), end: true, cell: (row) => <UserActions user={row} /> },
  ];
}

/** Role, sign-out and deactivation; each ends the user's sessions at once. */
function UserActions({ user }: { readonly user: AdminUser }) {
  const { t } = useTranslation();
  const change = useAdminChange(
    (asked: AdminUserChange) => api.admin.changeUser(user.id, asked),
    () => t('admin.users.changed', { name: user.email }),
  );
  return (
    <div className="admin-actions">
      <select
        className="input compact"
        aria-label={t('admin.users.roleOf', { name: user.email })}
        value={user.role}
        disabled={change.isPending}
        onChange={(event) => {
          const role = ROLES.find((known) => known === event.target.value);
          if (role !== undefined) change.mutate({ role });
        }}
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {t(`account.role.${role}`)}
          </option>
        ))}
      </select>
      {user.openSessions > 0 && (
        <Button
          size="small"
          look="plain"
          busy={change.isPending}
          onClick={() => {
            change.mutate({ signOut: true });
          }}
        >
          {t('admin.users.signOut')}
        </Button>
      )}
      <Button
        size="small"
        look={user.isActive ? 'plain' : 'normal'}
        busy={change.isPending}
        onClick={() => {
          change.mutate({ isActive: !user.isActive });
        }}
      >
        {user.isActive ? t('admin.users.deactivate') : t('admin.users.reactivate')}
      </Button>
    </div>
  );
}
