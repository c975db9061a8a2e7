import { z } from 'zod';
import type { Directory } from '../access/resolve.js';
import {
  authorityChoices,
  bindingCode,
  changeSetting as changeSettingBody,
  chooseAuthority,
  confirmList,
  decideJoin,
  importedStaffList,
  importStaffList as importBody,
  joinRequestList,
  leavePerson,
  listConfirmed,
  me,
  personLeft,
  personList,
  personSearch,
  settingList,
  settingRow,
} from '../people/contract.js';
import { decideJoinRequest, listJoinRequests } from '../people/joining-service.js';
import { confirmSchoolList, importStaffList } from '../people/list-service.js';
import { issueBindingCode, personLeaves, searchPeople, whoAmI } from '../people/service.js';
import { changeSetting, listSettings, type SettingRegistry } from '../people/settings-service.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });
const byKey = z.object({ key: z.string().max(80) });
const nothing = z.object({});

/** Before somebody who serves two councils has chosen, only these routes answer them (server.ts reads this mark). */
const beforeChoosing = { beforeChoosing: true } as const;

export function peopleRoutes(
  app: Api,
  options: RouteOptions & { readonly directory: Directory; readonly settings: SettingRegistry },
): void {
  meRoutes(app, options);
  listRoutes(app, options);
  joiningRoutes(app, options);
  settingRoutes(app, options);
}

function meRoutes(
  app: Api,
  { contextOf, holderOf, directory }: RouteOptions & { readonly directory: Directory },
): void {
  app.get('/api/me', { schema: { response: { 200: me } } }, async (request) => {
    const { tenantId, oid } = holderOf(request);
    return whoAmI(contextOf(request), await directory.authoritiesOf(tenantId, oid));
  });
  app.get(
    '/api/me/authorities',
    { config: beforeChoosing, schema: { response: { 200: authorityChoices } } },
    async (request) => {
      const { tenantId, oid } = holderOf(request);
      const served = await directory.authoritiesOf(tenantId, oid);
      return { items: served.map(({ id, name }) => ({ id, name })) };
    },
  );
  app.post(
    '/api/me/authority',
    { config: beforeChoosing, schema: { body: chooseAuthority, response: { 200: nothing } } },
    async (request) => {
      const { tenantId, oid } = holderOf(request);
      await directory.choose(tenantId, oid, request.body.authorityId);
      return {};
    },
  );
}

function listRoutes(app: Api, { contextOf }: RouteOptions): void {
  app.post('/api/people/search', { schema: { body: personSearch, response: { 200: personList } } }, (request) =>
    searchPeople(contextOf(request), request.body),
  );
  app.post(
    '/api/people/list-import',
    { schema: { body: importBody, response: { 200: importedStaffList } } },
    (request) => importStaffList(contextOf(request), request.body),
  );
  app.post('/api/people/confirm', { schema: { body: confirmList, response: { 200: listConfirmed } } }, (request) =>
    confirmSchoolList(contextOf(request), request.body),
  );
  app.post(
    '/api/people/:id/leave',
    { schema: { params: byId, body: leavePerson, response: { 200: personLeft } } },
    (request) => personLeaves(contextOf(request), { personId: request.params.id, ...request.body }),
  );
}

function joiningRoutes(app: Api, { contextOf }: RouteOptions): void {
  app.post('/api/people/:id/binding-code', { schema: { params: byId, response: { 200: bindingCode } } }, (request) =>
    issueBindingCode(contextOf(request), request.params.id),
  );
  app.get('/api/people/join-requests', { schema: { response: { 200: joinRequestList } } }, (request) =>
    listJoinRequests(contextOf(request)),
  );
  app.post(
    '/api/people/join-requests/:id',
    { schema: { params: byId, body: decideJoin, response: { 200: nothing } } },
    async (request) => {
      await decideJoinRequest(contextOf(request), request.params.id, request.body);
      return {};
    },
  );
}

function settingRoutes(app: Api, { contextOf, settings }: RouteOptions & { readonly settings: SettingRegistry }): void {
  app.get('/api/settings', { schema: { response: { 200: settingList } } }, async (request) => ({
    items: await listSettings(contextOf(request), settings),
  }));
  app.put(
    '/api/settings/:key',
    { schema: { params: byKey, body: changeSettingBody, response: { 200: settingRow } } },
    (request) => changeSetting(contextOf(request), settings, { key: request.params.key, value: request.body.value }),
  );
}
