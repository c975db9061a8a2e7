import { cast } from '../../infra/local/demo/cast.js';
import { strathlinn } from '../../infra/local/demo/places.js';
import { holds } from '../../infra/local/demo/staff.js';
import type { TestApp } from '../support/app.js';
import type { About, Scene } from './scene.js';

export interface Viewer {
  readonly who: string;
  readonly person: {
    readonly tenantId: string;
    readonly oid: string;
    readonly personId: string;
    readonly name: string;
  };
  /** Whom of their own council they may not see. The other council's nobody may. */
  readonly hidden: (scene: Scene) => readonly About[];
}

const everybody = ({ restricted, niece, officersOwn, elsewhere, jamie, moved }: Scene) => [
  restricted,
  niece,
  officersOwn,
  elsewhere,
  jamie,
  moved,
];

/** One of each role, and everybody who is in the lists but has no business there. */
export const viewers = {
  teacher: {
    who: 'pupil support of another school, with a niece on the register',
    person: cast.teacher,
    hidden: ({ elsewhere, restricted, niece, moved, officersOwn }) => [
      elsewhere,
      restricted,
      niece,
      moved,
      officersOwn,
    ],
  },
  classTeacher: { who: 'class teacher whom nobody linked', person: cast.classTeacher, hidden: everybody },
  schoolHead: {
    who: 'head of another school',
    person: cast.schoolHead,
    hidden: ({ elsewhere, restricted, moved, officersOwn }) => [elsewhere, restricted, moved, officersOwn],
  },
  designatedManager: {
    who: 'designated manager of another school',
    person: cast.designatedManager,
    hidden: ({ elsewhere, restricted, moved, officersOwn }) => [elsewhere, restricted, moved, officersOwn],
  },
  socialWorker: {
    who: 'social worker of others',
    person: cast.socialWorker,
    hidden: ({ elsewhere, restricted, moved, officersOwn }) => [elsewhere, restricted, moved, officersOwn],
  },
  healthSocialWorker: {
    // The restricted learner is allocated to her.
    who: 'social worker in the health tenant',
    person: cast.healthSocialWorker,
    hidden: ({ elsewhere, moved, officersOwn, jamie }) => [elsewhere, moved, officersOwn, jamie],
  },
  teamManager: {
    who: 'manager of another team',
    person: cast.teamManager,
    hidden: ({ elsewhere, restricted, moved, officersOwn }) => [elsewhere, restricted, moved, officersOwn],
  },
  reviewingOfficer: {
    who: 'reviewing officer of others',
    person: cast.reviewingOfficer,
    hidden: ({ elsewhere, restricted, moved, officersOwn }) => [elsewhere, restricted, moved, officersOwn],
  },
  reviewCoordinator: {
    who: 'review co-ordinator',
    person: cast.reviewCoordinator,
    hidden: ({ restricted }) => [restricted],
  },
  virtualSchoolHead: {
    who: 'head of the virtual school',
    person: cast.virtualSchoolHead,
    hidden: ({ restricted }) => [restricted],
  },
  officer: {
    who: 'officer of the team, with a relative on the register',
    person: cast.officer,
    hidden: ({ restricted, officersOwn }) => [restricted, officersOwn],
  },
  dataOfficer: { who: 'data officer', person: cast.dataOfficer, hidden: ({ restricted }) => [restricted] },
  informationOfficer: { who: 'information officer', person: cast.informationOfficer, hidden: everybody },
  administrator: { who: 'administrator', person: cast.administrator, hidden: everybody },
  unbound: { who: 'account that nobody joined', person: cast.unbound, hidden: ({ jamie }) => [jamie] },
  undecided: {
    who: 'somebody of two councils who has not chosen',
    person: cast.servesBoth,
    hidden: ({ jamie }) => [jamie],
  },
} as const satisfies Readonly<Record<string, Viewer>>;

/** Somebody of the virtual school who leaves today. */
export function leaverOf(test: TestApp): Viewer {
  const named: readonly string[] = Object.values(cast).map(({ personId }) => personId);
  const council = test.demo.councils.find(({ authorityId }) => authorityId === strathlinn.authorityId);
  const person = council?.staff.find((one) => holds(one, 'virtual-school') && !named.includes(one.personId));
  if (!person) throw new Error('Nobody can leave.');
  return { who: 'leaver, on the day', person, hidden: everybody };
}
