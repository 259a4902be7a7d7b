import { Link, useNavigate } from '@tanstack/react-router';
import { MarketStrip } from '../features/markets/market-strip.tsx';
import { DemonstrationButton } from '../features/session/demonstration-button.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { useTitle } from '../shell/use-title.ts';
import { Icon } from '../ui/icon.tsx';
import './landing-page.css';

const POINTS = [
  { name: 'portfolios', icon: 'portfolio' },
  { name: 'practice', icon: 'trade' },
  { name: 'live', icon: 'signal' },
] as const;

export function LandingPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useTitle(t('landing.title'));
  return (
    <div className="landing">
      <section className="intro">
        <h1>{t('landing.headline')}</h1>
        <p className="muted">{t('landing.lead')}</p>
        <div className="row">
          <Link className="button primary" to="/register">
            {t('landing.start')}
          </Link>
          <Link className="button" to="/login">
            {t('auth.signIn')}
          </Link>
          <DemonstrationButton onDone={() => void navigate({ to: '/home' })} />
        </div>
        <p className="small faint">{t('landing.noCard')}</p>
      </section>
      <MarketStrip />
      <ul className="points">
        {POINTS.map((point) => (
          <li key={point.name}>
            <Icon name={point.icon} size={22} />
            <h2>{t(`landing.${point.name}.title`)}</h2>
            <p className="muted">{t(`landing.${point.name}.text`)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
