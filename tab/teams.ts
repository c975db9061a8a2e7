import { app, authentication, nestedAppAuth } from '@microsoft/teams-js';

/** What Teams says about where the page is shown. */
export interface Place {
  readonly tenantId: string;
  readonly theme: string;
  readonly subPageId: string | null;
}

export interface Teams {
  /** Null when nobody answers in time: the page is not in Teams, or its parent is not allowed. */
  start(parentOrigins: readonly string[]): Promise<Place | null>;
  onTheme(listener: (theme: string) => void): void;
  /** True when the host asks for nested app authentication instead of its own tokens. */
  nested(): boolean;
  /** A token for our API from the host itself. */
  hostToken(): Promise<string>;
  /** Takes the host's loading indicator away. */
  ready(): void;
  failed(): void;
}

/** In a frame whose parent is nobody that teams-js accepts, initialize never answers: milliseconds until we stop waiting. */
const patience = 5000;

export function createTeams(wait: (milliseconds: number) => Promise<void>): Teams {
  return {
    async start(parentOrigins) {
      const started = app.initialize([...parentOrigins]).then(readPlace, () => null);
      return Promise.race([started, wait(patience).then(() => null)]);
    },
    onTheme: (listener) => app.registerOnThemeChangeHandler(listener),
    nested: () => nestedAppAuth.isNAAChannelRecommended(),
    hostToken: () => authentication.getAuthToken(),
    ready() {
      app.notifyAppLoaded();
      void app.notifySuccess();
    },
    failed: () => app.notifyFailure({ reason: app.FailedReason.Other }),
  };
}

async function readPlace(): Promise<Place> {
  const context = await app.getContext();
  return {
    tenantId: context.user?.tenant?.id ?? '',
    theme: context.app.theme,
    subPageId: context.page.subPageId ?? null,
  };
}
