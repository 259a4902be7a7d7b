import { Link } from '@tanstack/react-router';

export function Brand({ to }: { readonly to: '/' | '/home' }) {
  return (
    <Link className="brand" to={to} aria-label="Holdfast">
      <span className="mark" aria-hidden="true" />
      <span className="word">Holdfast</span>
    </Link>
  );
}
