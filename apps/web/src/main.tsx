import './styles/fonts.css';
import './styles/tokens.css';
import './styles/scale.css';
import './styles/elements.css';
import './styles/figures.css';
import './styles/controls.css';
import './styles/content.css';
import './styles/layers.css';
import './styles/shell.css';
import { createRoot } from 'react-dom/client';
import { startI18n } from './i18n/i18n.ts';
import { applyPreferences, preferences } from './preferences/preferences-store.ts';
import { App } from './shell/app.tsx';

applyPreferences();
await startI18n(preferences().language);
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element to draw into');
createRoot(root).render(<App />);
