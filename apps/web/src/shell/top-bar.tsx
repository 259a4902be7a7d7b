import { useTranslation } from '../i18n/use-translation.ts';
import { Icon } from '../ui/icon.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Brand } from './brand.tsx';
import { ConnectionSign } from './connection-sign.tsx';
import { NotificationBell } from './notification-bell.tsx';
import { AmountsButton, ThemeButton } from './quick-settings.tsx';

export function TopBar({ onSearch, onKeys }: { readonly onSearch: () => void; readonly onKeys: () => void }) {
  const { t } = useTranslation();
  return (
    <header className="top-bar">
      <Brand to="/home" />
      <button type="button" className="top-search" onClick={onSearch} aria-keyshortcuts="Control+K">
        <span className="row tight">
          <span className="only-phone">
            <Icon name="search" size={16} />
          </span>
          <span className="truncate">{t('shell.search')}</span>
        </span>
        <kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      <div className="top-right">
        <ConnectionSign />
        <AmountsButton />
        <NotificationBell />
        <span className="not-phone">
          <ThemeButton />
        </span>
        <AccountMenu onKeys={onKeys} />
      </div>
    </header>
  );
}
