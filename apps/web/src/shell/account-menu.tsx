import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { meQuery } from '../api/queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { initialsOf } from './initials.ts';
import { useSignOut } from './use-sign-out.ts';

/** Who is signed in, and what belongs to the account. Closes on Escape, on a choice, and when focus or a click goes elsewhere. */
export function AccountMenu({ onKeys }: { readonly onKeys: () => void }) {
  const { t } = useTranslation();
  const { data: user } = useQuery(meQuery);
  const [open, setOpen] = useState(false);
  const id = useId();
  const anchor = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
  };
  useClickElsewhere(anchor, open, close);
  if (user === null || user === undefined) return null;
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || (user.username ?? user.email);
  return (
    <div
      className="menu-anchor"
      ref={anchor}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        close();
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className="icon-button"
        aria-label={t('shell.account')}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <span className="avatar" aria-hidden="true">
          {initialsOf(name)}
        </span>
      </button>
      {open && (
        <div className="menu" id={id}>
          <div className="heading">
            <div className="strong truncate">{name}</div>
            <div className="row tight small faint">
              <span className="truncate">{user.email}</span>
              {user.role !== 'standard' && <Badge look="accent">{t(`account.role.${user.role}`)}</Badge>}
            </div>
          </div>
          <hr />
          <MenuItems close={close} onKeys={onKeys} />
        </div>
      )}
    </div>
  );
}

function MenuItems({ close, onKeys }: { readonly close: () => void; readonly onKeys: () => void }) {
  const { t } = useTranslation();
  const { data: user } = useQuery(meQuery);
  const signOut = useSignOut();
  return (
    <>
      <Link className="item" to="/settings" onClick={close}>
        <Icon name="settings" /> {t('nav.settings')}
      </Link>
      <Link className="item" to="/developers/stream" onClick={close}>
        <Icon name="signal" /> {t('nav.streamMonitor')}
      </Link>
      {user?.role === 'admin' && (
        <Link className="item" to="/admin" onClick={close}>
          <Icon name="user" /> {t('nav.admin')}
        </Link>
      )}
      <a className="item" href="/docs">
        <Icon name="info" /> {t('shell.apiDocs')}
      </a>
      <button
        type="button"
        className="item"
        onClick={() => {
          close();
          onKeys();
        }}
      >
        <Icon name="keyboard" /> <span className="grow">{t('keys.title')}</span> <kbd>?</kbd>
      </button>
      <hr />
      <button
        type="button"
        className="item"
        onClick={() => {
          close();
          void signOut();
        }}
      >
        <Icon name="sign-out" /> {t('auth.signOut')}
      </button>
    </>
  );
}

function useClickElsewhere(anchor: React.RefObject<HTMLElement | null>, active: boolean, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (!active) return undefined;
    const leave = (event: Event): void => {
      if (event.target instanceof Node && anchor.current?.contains(event.target) === false) latest.current();
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [active, anchor]);
}
