import { Link } from '@tanstack/react-router';

/** Symbol and name, leading to the instrument's page. */
export function SymbolCell({ symbol, name }: { readonly symbol: string; readonly name?: string | undefined }) {
  return (
    <Link className="symbol" to="/instruments/$symbol" params={{ symbol }}>
      <span className="tile" aria-hidden="true">
        {symbol
          .replace(/^[^A-Za-z0-9]+/, '')
          .slice(0, 2)
          .toUpperCase()}
      </span>
      <span className="names">
        <bdi className="ticker">{symbol}</bdi>
        {name !== undefined && <span className="name">{name}</span>}
      </span>
    </Link>
  );
}
