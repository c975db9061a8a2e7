import { Button } from '@fluentui/react-components';
import { codeOf } from '../failure.js';
import { say } from '../words.js';
import { EmptyState } from './EmptyState.js';

interface Props {
  readonly error: unknown;
  readonly again?: () => void;
  /** It is all that the page has. */
  readonly page?: boolean;
}

/** What did not work, in words, and a way to try again where that could help. */
export function FailedState({ error, again, page = false }: Props) {
  const code = codeOf(error);
  const final = code === 'not-found' || code === 'forbidden' || code === 'not-bound';
  return (
    <div role="alert">
      <EmptyState page={page} title={say('failure.title')} explains={say(`failure.${code}`)}>
        {again && !final ? <Button onClick={again}>{say('again')}</Button> : null}
      </EmptyState>
    </div>
  );
}
