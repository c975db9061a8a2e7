import { FluentProvider } from '@fluentui/react-components';
import { EmptyState } from './ui/EmptyState.js';
import { themeFor } from './ui/theme.js';
import { say } from './words.js';

/** There is nobody to sign in, or no service to ask. */
export function StartFailed({ why }: { readonly why: 'no-host' | 'not-bound' | 'offline' }) {
  const words =
    why === 'no-host'
      ? { title: say('app.noHost.title'), explains: say('app.noHost.explains') }
      : { title: say('failure.title'), explains: say(`failure.${why}`) };
  return (
    <FluentProvider theme={themeFor('default', window.matchMedia('(forced-colors: active)').matches)}>
      <main>
        <EmptyState page {...words} />
      </main>
    </FluentProvider>
  );
}
