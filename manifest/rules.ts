import { pngSize } from './png.js';

/** The parts of a unified manifest that the rules below ask about. */
export interface AppManifest {
  readonly bots?: readonly { readonly botId: string; readonly scopes: readonly string[] }[];
  readonly staticTabs?: readonly {
    readonly entityId: string;
    readonly scopes: readonly string[];
    readonly contentUrl?: string;
    readonly websiteUrl?: string;
  }[];
  readonly supportsChannelFeatures?: string;
  readonly validDomains?: readonly string[];
  readonly webApplicationInfo?: { readonly id: string; readonly resource?: string };
  readonly authorization?: { readonly permissions?: { readonly resourceSpecific?: readonly unknown[] } };
  readonly icons: { readonly color: string; readonly outline: string };
}

export type Files = ReadonlyMap<string, Buffer>;

interface Rule {
  readonly says: string;
  broken(manifest: AppManifest, files: Files): boolean;
}

const reserved = ['conversations', 'about'];
const tabUrls = ({ staticTabs = [] }: AppManifest) =>
  staticTabs.flatMap(({ contentUrl, websiteUrl }) => [contentUrl, websiteUrl].flatMap((url) => url ?? []));

/** What the schema cannot say: rules between fields, and about files (microsoft365.md 1.6, 2, 9). */
const rules: readonly Rule[] = [
  {
    says: 'supportsChannelFeatures is "tier1" where the bot has team scope: from 1.25 on Teams refuses the app without it',
    broken: ({ bots = [], supportsChannelFeatures }) =>
      bots.some(({ scopes }) => scopes.includes('team')) && supportsChannelFeatures !== 'tier1',
  },
  {
    says: 'a static tab has personal scope only: Teams supports no other',
    broken: ({ staticTabs = [] }) => staticTabs.some(({ scopes }) => scopes.some((scope) => scope !== 'personal')),
  },
  {
    says: 'a static tab has a contentUrl, unless it is Teams’ own conversations or about',
    broken: ({ staticTabs = [] }) =>
      staticTabs.some(({ entityId, contentUrl }) => reserved.includes(entityId) === (contentUrl !== undefined)),
  },
  {
    says: 'addresses are https',
    broken: (manifest) => tabUrls(manifest).some((url) => !url.startsWith('https://')),
  },
  {
    says: 'validDomains names exactly the hosts of the tabs',
    broken: (manifest) => {
      const hosts = tabUrls(manifest).map((url) => new URL(url).host);
      const named = manifest.validDomains ?? [];
      return hosts.some((host) => !named.includes(host)) || named.some((host) => !hosts.includes(host));
    },
  },
  {
    says: 'no valid domain is a wildcard or shared by strangers (*.azurewebsites.net)',
    broken: ({ validDomains = [] }) => validDomains.some((host) => /\*|\.azurewebsites\.net$/i.test(host)),
  },
  {
    says: 'the bot and the API are two registrations: one principal with both powers is one too many',
    broken: ({ bots = [], webApplicationInfo }) => bots.some(({ botId }) => botId === webApplicationInfo?.id),
  },
  {
    says: 'webApplicationInfo.resource is api://<tab host>/<API client id>',
    broken: ({ webApplicationInfo, validDomains = [] }) =>
      webApplicationInfo?.resource !== `api://${validDomains[0]}/${webApplicationInfo?.id}`,
  },
  {
    says: 'no resource-specific permission is asked for: the bot hears mentions and presses, not a channel’s talk',
    broken: ({ authorization }) => (authorization?.permissions?.resourceSpecific ?? []).length > 0,
  },
  { says: 'the colour icon is a PNG of 192 by 192', broken: ({ icons }, files) => !isPng(files.get(icons.color), 192) },
  { says: 'the outline icon is a PNG of 32 by 32', broken: ({ icons }, files) => !isPng(files.get(icons.outline), 32) },
];

function isPng(file: Buffer | undefined, side: number): boolean {
  if (!file) return false;
  try {
    const { width, height } = pngSize(file);
    return width === side && height === side;
  } catch {
    return false;
  }
}

/** The rules that are broken, in words. Takes a manifest that the schema accepts, and the package's other files. */
export function brokenRules(manifest: AppManifest, files: Files): string[] {
  return rules.filter((rule) => rule.broken(manifest, files)).map(({ says }) => says);
}
