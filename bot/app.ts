import { createPrivateKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { createHeadSigner } from './access/audit-head.js';
import { headFiles } from './access/audit-head-files.js';
import { createBinding } from './access/binding.js';
import { createDirectory, type Directory } from './access/resolve.js';
import { createSigningKeys } from './access/signing-keys.js';
import type { Actor } from './access/roles.js';
import { createTenantKeys, createTokenCheck } from './api/auth.js';
import { calendarRoutes } from './api/calendars.js';
import { deliveryRoutes } from './api/deliveries.js';
import { extractRoutes } from './api/extracts.js';
import { learnerRoutes } from './api/learners.js';
import { glassRoutes } from './api/glass.js';
import { liveRoutes } from './api/live.js';
import { notificationRoutes } from './api/graph-notifications.js';
import { peopleRoutes } from './api/people.js';
import { publicRoutes } from './api/public.js';
import { requestRoutes } from './api/requests.js';
import { triageRoutes } from './api/triage.js';
import { todayRoutes } from './api/today.js';
import { workloadRoutes } from './api/workload.js';
import { numbersRoutes } from './api/numbers.js';
import { reviewRoutes } from './api/reviews.js';
import { reviewDueRoutes } from './api/reviews-due.js';
import { reviewPlanRoutes } from './api/reviews-plan.js';
import { createServer, microsoftFrames } from './api/server.js';
import { cardHandlers } from './chat/delivery.js';
import { chatRoutes } from './chat/endpoint.js';
import { assertBotConfigured, botFrameworkMetadataUrl, createInboundGuard } from './chat/inbound-guard.js';
import { createMembership } from './chat/membership.js';
import { createNotifier } from './chat/notifier.js';
import { cardRenderers } from './chat/renderers.js';
import { createServiceUrlCheck } from './chat/service-url.js';
import type { Config } from './config.js';
import type { Clock, Context, Ports, Random } from './context.js';
import { type Database, openDatabase } from './db/database.js';
import { createSheets } from './files/sheets.js';
import { createCalendar } from './graph/calendar.js';
import { createGraph } from './graph/client.js';
import { createTokens, identityToken } from './graph/tokens.js';
import { listDeliveries, retryDelivery } from './jobs/deliveries.js';
import type { Handlers } from './jobs/handler.js';
import { auditSealHandler, auditSealTimer } from './jobs/handlers/audit-seal.js';
import { discardFinishedTimer, housekeepingHandlers } from './jobs/handlers/housekeeping.js';
import { askingHandlers } from './jobs/handlers/asking.js';
import { clearUploadsTimer, learnerHandlers } from './jobs/handlers/learners.js';
import { peopleHandlers } from './jobs/handlers/people.js';
import { requestHandlers, tendAllTimer } from './jobs/handlers/requests.js';
import { reviewHandlers, reviewTimers } from './jobs/handlers/reviews.js';
import { createWorkers, type Workers } from './jobs/workers.js';
import { createLog, describeError, type Log } from './log.js';
import { learnerSettings } from './learners/settings.js';
import { peopleSettings } from './people/settings.js';
import type { SettingRegistry } from './people/settings-service.js';
import { createRandom } from './random.js';
import { requestSettings } from './requests/settings.js';
import { requestTodaySources } from './requests/today-lines-reading.js';
import { comingReviews, reviewTodaySources } from './reviews/today-reading.js';
import { reviewSettings } from './reviews/settings.js';
import type { Sleep } from './jobs/sleep.js';

/** What tests and local mode put in the place of the machine's own. A planted defect is one of these, never a switch. */
export interface Overrides {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Log;
  readonly fetch?: typeof globalThis.fetch;
  readonly database?: (database: Database) => Database;
  readonly ports?: (ports: Ports) => Ports;
  readonly handlers?: (handlers: Handlers) => Handlers;
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface App {
  /** Answers with the origin that it listens on. */
  listen(): Promise<string>;
  close(): Promise<void>;
  readonly workers: Workers;
  readonly directory: Directory;
  /** A context for somebody or something; for the command line and tests. */
  contextFor(actor: Actor): Context;
}

const todaySources = [...requestTodaySources, ...reviewTodaySources];
const settings: SettingRegistry = [...peopleSettings, ...learnerSettings, ...requestSettings, ...reviewSettings];

// Azure Database for PostgreSQL takes a token for this as the password.
const databaseResource = 'https://ossrdbms-aad.database.windows.net';
const connectorScope = 'https://api.botframework.com/.default';

/** The composition root: production and tests are put together here and nowhere else. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  assertBotConfigured(config.bots, config.local !== null);
  const clock = overrides.clock ?? { now: () => Temporal.Now.instant() };
  const log = overrides.log ?? createLog({ level: config.logLevel });
  const opened = openDatabase({
    url: config.databaseUrl,
    maxConnections: config.databaseConnections,
    ...(config.databaseIdentity ? { password: identityToken(config.databaseIdentity, databaseResource) } : {}),
    onIdleError: (error) => log('warn', 'database.idle-client-ended', describeError(error)),
  });
  const db = overrides.database ? overrides.database(opened) : opened;
  const directory = createDirectory(db.directory, clock);
  if (config.local && !(await directory.isDemo())) {
    await db.close();
    throw new Error('local mode refuses a database without the demo marker');
  }
  const parts = assemble(config, overrides, { clock, log, db, directory });
  const server = await serve(config, parts);
  return {
    workers: parts.workers,
    directory,
    contextFor: parts.contextFor,
    async listen() {
      if (config.roles.has('worker')) parts.workers.start();
      const address = await server.listen({ host: config.host, port: config.port });
      log('info', 'app.listening', { port: Number(new URL(address).port) });
      return address;
    },
    async close() {
      // Turns under way may finish; a stream that nobody ends must not keep the process.
      const late = setTimeout(() => server.server.closeAllConnections(), longestTurnMs);
      await server.close().finally(() => clearTimeout(late));
      await parts.workers.stop();
      await db.close();
    },
  };
}

interface Base {
  readonly clock: Clock;
  readonly log: Log;
  readonly db: Database;
  readonly directory: Directory;
}
type Parts = ReturnType<typeof assemble>;

function assemble(config: Config, overrides: Overrides, base: Base) {
  const { clock, log, db, directory } = base;
  const random = overrides.random ?? createRandom(clock);
  const serviceUrlAllowed = createServiceUrlCheck(config.local ? [config.local.microsoft365Url] : []);
  const ports = portsOf(config, overrides, base, serviceUrlAllowed);
  const contextFor = (actor: Actor): Context => ({ db, clock, random, log, actor, ...ports });
  const tabUrlOf = tabLinks(config);
  const pause = overrides.sleep ?? sleep;
  const own: Handlers = {
    ...cardHandlers(cardRenderers(tabUrlOf)),
    ...reviewHandlers({ mailboxOf: directory.reviewMailbox }),
    ...peopleHandlers,
    ...learnerHandlers,
    ...housekeepingHandlers,
    ...requestHandlers,
    ...askingHandlers,
    ...auditHandlers(config),
  };
  const recurring = [
    ...reviewTimers,
    stopUnconfirmedTimer,
    clearUploadsTimer,
    discardFinishedTimer,
    tendAllTimer,
    ...(config.auditSigningKey && config.auditHeadsDirectory ? [auditSealTimer] : []),
  ];
  const handlers = overrides.handlers ? overrides.handlers(own) : own;
  const workers = createWorkers({
    ...{ db, handlers, clock, random, log, sleep: pause, recurring },
    contextFor: (authorityId, job) => contextFor({ kind: 'system', authorityId, job }),
  });
  return {
    ...base,
    random,
    serviceUrlAllowed,
    ports,
    contextFor,
    tabUrlOf,
    workers,
    sleep: pause,
    fetch: overrides.fetch ?? fetch,
  };
}

/** Heads are signed and kept outside the database; without a key nothing would be proved, so nothing is sealed. */
function auditHandlers(config: Config) {
  if (!config.auditSigningKey || !config.auditHeadsDirectory) return {};
  const signer = createHeadSigner(createPrivateKey(config.auditSigningKey));
  return { [auditSealTimer.job]: auditSealHandler({ signer, store: headFiles(config.auditHeadsDirectory) }) };
}

const stopUnconfirmedTimer = {
  job: 'people.stop-unconfirmed',
  payload: { v: 1 },
  key: 'people.stop-unconfirmed',
} as const;

const longestTurnMs = 4_000;

const sleep: Sleep = async (ms, signal) => {
  await wait(ms, undefined, { signal }).catch(() => undefined);
};

function portsOf(config: Config, overrides: Overrides, base: Base, serviceUrlAllowed: (url: string) => boolean): Ports {
  const { clock, log, directory } = base;
  const local = config.local?.microsoft365Url;
  const localAuthority = local ? { localAuthority: local } : {};
  const graphTokens = createTokens({
    clientIdOf: async (tenantId) =>
      (await directory.registration(tenantId, 'worker')) ?? missing('worker registration'),
    credential: config.workerCredential,
    ...localAuthority,
  });
  const graph = createGraph({
    tokenFor: graphTokens,
    clock,
    log,
    ...(local ? { localRoot: `${local}/graph/v1.0` } : {}),
  });
  const botTokens = new Map(
    config.bots.map(({ appId, tenantId }) => {
      const tokenFor = createTokens({
        clientIdOf: async () => appId,
        credential: config.botCredential,
        ...localAuthority,
      });
      return [appId, (how?: { fresh?: boolean }) => tokenFor(tenantId, connectorScope, how)] as const;
    }),
  );
  const ports: Ports = {
    sheets: createSheets(),
    calendar: createCalendar({
      ...{ graph, clock, log },
      notificationUrl: `${config.publicUrl}/api/graph/notifications`,
      lifecycleUrl: `${config.publicUrl}/api/graph/lifecycle`,
    }),
    notifier: createNotifier({
      serviceUrlAllowed,
      tokenFor: (_tenantId, botAppId, how) => (botTokens.get(botAppId) ?? (() => missing('bot registration')))(how),
    }),
  };
  return overrides.ports ? overrides.ports(ports) : ports;
}

function missing(what: string): never {
  throw new Error(`no ${what} for that tenant`);
}

/** Links that open the tab at one thing: ids only, because links are logged and forwarded (microsoft365.md 2). */
function tabLinks(config: Config) {
  return (kind: 'request' | 'review' | 'emergency', id: string | null): string => {
    const sub = id === null ? kind : `${kind}/${id}`;
    const host = config.local?.origins[0];
    if (host) return `${host}/host?sub=${encodeURIComponent(sub)}`;
    const context = encodeURIComponent(JSON.stringify({ subEntityId: sub }));
    return `https://teams.microsoft.com/l/entity/${config.teamsAppId}/golden-thread?context=${context}`;
  };
}

async function serve(config: Config, parts: Parts) {
  const { clock, log, directory, contextFor, workers } = parts;
  const local = config.local;
  const tenantKeys = createTenantKeys({
    ...keysFrom(config, parts, 'entra'),
    ...(local
      ? { metadataUrl: (tid: string) => `${local.microsoft365Url}/${tid}/v2.0/.well-known/openid-configuration` }
      : {}),
  });
  const checkToken = createTokenCheck({
    apiClientId: config.apiClientId,
    allowedClients: config.apiAllowedClients,
    tenantKnown: directory.tenantKnown,
    keysFor: tenantKeys,
    clock,
  });
  const { app, api } = await createServer({
    clock,
    ...{ log, directory, checkToken, contextFor, tabDirectory: config.tabDirectory },
    frameAncestors: local ? local.origins : microsoftFrames,
    connectSources: ['https://login.microsoftonline.com', 'https://res.cdn.office.net'],
    local: local ? { origins: [...local.origins, local.microsoft365Url] } : null,
  });
  if (!config.roles.has('web')) return app;
  const nudge = () => workers.nudge();
  publicRoutes(app, { directory, apiClientId: config.apiClientId, parentOrigins: local?.origins ?? [] });
  await api((scope, routes) => {
    requestRoutes(scope, routes, nudge);
    triageRoutes(scope, { ...routes, nudge });
    workloadRoutes(scope, { ...routes, nudge, coming: [comingReviews] });
    numbersRoutes(scope, routes);
    todayRoutes(scope, { ...routes, sources: todaySources });
    reviewRoutes(scope, { ...routes, nudge });
    reviewDueRoutes(scope, { ...routes, nudge });
    reviewPlanRoutes(scope, { ...routes, nudge });
    extractRoutes(scope, { ...routes, nudge });
    learnerRoutes(scope, routes);
    peopleRoutes(scope, { ...routes, directory, settings });
    calendarRoutes(scope, routes);
    glassRoutes(scope, { ...routes, nudge });
    deliveryRoutes(scope, { ...routes, nudge, deliveries: { list: listDeliveries, retry: retryDelivery } });
    liveRoutes(scope, { ...routes, db: parts.db, clock, log });
  });
  await app.register(async (scope) => notificationRoutes(scope, { directory, contextFor, nudge, log }));
  await app.register(async (scope) => chatDoor(scope, config, parts));
  return app;
}

/** How signing keys are read; why they could not be goes to the log as a code. */
function keysFrom(config: Config, { clock, fetch: send, log }: Parts, issuer: string) {
  const onFailure = (reason: string) => log('warn', 'keys.not-read', { reason, code: issuer });
  return { clock, fetch: send, allowHttpLoopback: config.local !== null, onFailure };
}

function chatDoor(scope: Parameters<typeof chatRoutes>[0], config: Config, parts: Parts): void {
  const { clock, log, directory, contextFor, tabUrlOf } = parts;
  const local = config.local?.microsoft365Url;
  const metadataUrl = local ? `${local}/botframework/.well-known/openidconfiguration` : botFrameworkMetadataUrl;
  chatRoutes(scope, {
    ...{ directory, contextFor, log, tabUrlOf, notifier: parts.ports.notifier },
    membership: createMembership({ notifier: parts.ports.notifier, clock, pause: (ms) => parts.sleep(ms) }),
    nudge: () => parts.workers.nudge(),
    pause: (ms) => parts.sleep(ms),
    bindByCode: createBinding(parts.db.directory, clock).byCode,
    guard: createInboundGuard({
      registrations: (appId) => {
        const bot = config.bots.find((one) => one.appId === appId);
        return bot && { appId, tenantIds: 'directory' };
      },
      arrival: directory.arrival,
      keys: createSigningKeys({ ...keysFrom(config, parts, 'bot-framework'), source: { metadataUrl } }),
      clock,
      ...(local ? { localServiceOrigins: [local] } : {}),
    }),
  });
}
