import { cast } from '../../infra/local/demo/cast.js';
import { strathlinn } from '../../infra/local/demo/places.js';
import { holds, schoolOf, type Staff } from '../../infra/local/demo/staff.js';
import type { World } from './world.js';

export interface Crowd {
  /** School staff who may ask; those first who see every learner of their school. */
  readonly askers: readonly Staff[];
  /** Who may take a request. */
  readonly team: readonly Staff[];
  readonly byId: ReadonlyMap<string, Staff>;
  readonly channelId: string;
}

export function crowdOf(world: World): Crowd {
  const council = world.demo.councils.find(({ authorityId }) => authorityId === strathlinn.authorityId);
  const [channel] = world.demo.channels;
  if (!council || !channel) throw new Error('The demo council is not there.');
  const here = council.staff.filter((one) => one.bound && one.calendar !== 'none' && one.oid !== cast.servesBoth.oid);
  const seesAll = (one: Staff) => (holds(one, 'pupil-support') || holds(one, 'designated-manager') ? 0 : 1);
  return {
    askers: here.filter((one) => schoolOf(one) !== null).sort((a, b) => seesAll(a) - seesAll(b)),
    team: here.filter((one) => holds(one, 'virtual-school') || holds(one, 'virtual-school-head')),
    byId: new Map(council.staff.map((one) => [one.personId, one])),
    channelId: channel.id,
  };
}
