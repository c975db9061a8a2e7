import { Navigate } from 'react-router';
import { paths } from '../paths.js';
import { usePages } from './pages.js';

/** Where the tab opens: the first page that is this person's; Requests says why when none is. */
export function FirstPage() {
  const [first] = usePages();
  return <Navigate to={first?.to ?? paths.requests()} replace />;
}
