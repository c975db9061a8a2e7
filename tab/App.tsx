import { FluentProvider } from '@fluentui/react-components';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { BrowserRouter } from 'react-router';
import type { TabClock } from './clock.js';
import { base } from './paths.js';
import { TabRoutes } from './routes.js';
import { type Tab, TabContext } from './tab-context.js';
import { Blank } from './ui/Blank.js';
import { NowContext, useTicking } from './ui/now.js';
import { themeFor } from './ui/theme.js';
import { useMedia } from './ui/use-media.js';

interface Props {
  readonly tab: Tab;
  readonly client: QueryClient;
  /** As Teams names it. */
  readonly theme: string;
  readonly onTheme: (listener: (theme: string) => void) => void;
  readonly browserNow: () => number;
  /** Milliseconds without a touch until the page blanks. */
  readonly idleAfter: number;
}

export function App(props: Props) {
  const [theme, setTheme] = useState(props.theme);
  const forced = useMedia('(forced-colors: active)');
  const { onTheme } = props;
  useEffect(() => onTheme(setTheme), [onTheme]);
  return (
    <FluentProvider theme={themeFor(theme, forced)}>
      <TabContext value={props.tab}>
        <QueryClientProvider client={props.client}>
          <Ticking clock={props.tab.clock}>
            <Blank after={props.idleAfter} now={props.browserNow}>
              <BrowserRouter basename={base}>
                <TabRoutes />
              </BrowserRouter>
            </Blank>
          </Ticking>
        </QueryClientProvider>
      </TabContext>
    </FluentProvider>
  );
}

function Ticking({ clock, children }: { readonly clock: TabClock; readonly children: ReactNode }) {
  return <NowContext value={useTicking(clock.now, clock.onSet)}>{children}</NowContext>;
}
