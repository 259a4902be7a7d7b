import { useNavigate } from '@tanstack/react-router';
import type { Period } from '../../features/analysis/period.ts';
import { portfolioViewRoute } from '../../shell/routes.ts';

/** The words of the address, as the route reads them. */
function useWords() {
  return portfolioViewRoute.useSearch();
}

type ViewSearch = ReturnType<typeof useWords>;
type Change = { readonly [Name in keyof ViewSearch]?: ViewSearch[Name] | undefined };

/** What the address of a view says, and how to say something else in it; undefined takes a word out. */
export function useViewSearch(): { readonly search: ViewSearch; readonly change: (part: Change) => void } {
  const { portfolioId, view } = portfolioViewRoute.useParams();
  const search = useWords();
  const navigate = useNavigate();
  return {
    search,
    change: (part) => {
      // From what the address says by now: two changes may follow each other faster than they are drawn.
      const next = (known: object) => Object.fromEntries(Object.entries({ ...known, ...part }).filter(([, value]) => value !== undefined));
      void navigate({
        to: '/portfolios/$portfolioId/$view',
        params: { portfolioId, view },
        search: next,
        replace: true,
        resetScroll: false,
      });
    },
  };
}

/** A period as an address holds it: a range, or days of one's own. */
export function periodSearch(period: Period): Change {
  if (period.range === 'custom') return { range: undefined, from: period.from, to: period.to };
  return { range: period.range === '1Y' ? undefined : period.range, from: undefined, to: undefined };
}
