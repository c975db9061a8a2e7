import { Link } from 'react-router';
import { paths } from '../paths.js';
import { EmptyState } from '../ui/EmptyState.js';
import { say } from '../words.js';

export function NotFoundPage() {
  return (
    <EmptyState page title={say('page.notFound.title')} explains={say('page.notFound.explains')}>
      <Link to={paths.requests()}>{say('page.notFound.go')}</Link>
    </EmptyState>
  );
}
