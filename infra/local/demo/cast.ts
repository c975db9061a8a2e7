import { kylebrae, strathlinn, tenants } from './places.js';

/** One member of staff as the story, the start page and the tests know them. Ids do not depend on the seed. */
export interface CastMember {
  readonly personId: string;
  readonly tenantId: string;
  readonly oid: string;
  readonly name: string;
  readonly email: string;
  readonly jobTitle: string;
  /** Whose diary invitations to `email` land in: the sign-in account itself, or a council mailbox beside a schools account. */
  readonly mailbox: { readonly tenantId: string; readonly oid: string };
}

interface Account {
  readonly tenantId: string;
}

const member = (
  number: number,
  account: Account,
  [name, email, jobTitle]: readonly [string, string, string],
  mailAccount: Account = account,
): CastMember => {
  const last = number.toString(16).padStart(12, '0');
  const oid = `5c0a4001-4a7e-4d10-9c52-${last}`;
  return {
    personId: `019b8d6a-4a00-7ca5-8a02-${last}`,
    ...{ oid, tenantId: account.tenantId, name, email, jobTitle },
    mailbox: mailAccount === account ? { tenantId: account.tenantId, oid } : mailboxOf(mailAccount, last),
  };
};

const mailboxOf = ({ tenantId }: Account, last: string) => ({ tenantId, oid: `5c0a4002-4a7e-4d10-9c53-${last}` });

const council = (number: number, name: string, address: string, jobTitle: string) =>
  member(number, tenants.council, [name, `${address}@${strathlinn.domain}`, jobTitle]);
/** Promoted school staff sign in to Teams with the schools platform and have a mailbox from the council. */
const promoted = (number: number, name: string, address: string, jobTitle: string) =>
  member(number, tenants.schools, [name, `${address}@${strathlinn.domain}`, jobTitle], tenants.council);
const teaching = (number: number, name: string, address: string, jobTitle: string) =>
  member(number, tenants.schools, [name, `${address}@${strathlinn.schoolsDomain}`, jobTitle]);

export const cast = {
  /** Asks for support: sees every learner of Ardmore Academy. */
  teacher: promoted(1, 'Ailsa Murray', 'ailsa.murray', 'PT Pupil Support'),
  designatedManager: promoted(2, 'Gordon Leckie', 'gordon.leckie', 'Depute head teacher'),
  schoolHead: promoted(3, 'Folasade Balogun', 'folasade.balogun', 'Head teacher'),
  /** Linked to nobody: the one to whom every learner is "not in your list". */
  classTeacher: teaching(4, 'Euan Petrie', 'euan.petrie', 'Teacher of Geography'),
  virtualSchoolHead: council(5, 'Catriona Geddes', 'catriona.geddes', 'Virtual school head teacher'),
  /** The other who presses Take. */
  officer: council(6, 'Iain MacIlleathain', 'iain.macilleathain', 'Care experienced team officer'),
  dataOfficer: council(7, 'Wiktoria Pawlak', 'wiktoria.pawlak', 'Data officer'),
  /** Accepts the invitation: the learner of the story is allocated to him. */
  socialWorker: council(8, 'Łukasz Wójcik', 'lukasz.wojcik', 'Social worker'),
  teamManager: council(9, 'Rhona Dunnett', 'rhona.dunnett', 'Team manager'),
  reviewingOfficer: council(10, 'Struan Ogilvie', 'struan.ogilvie', 'Reviewing officer'),
  reviewCoordinator: council(11, 'Lorna Kinloch', 'lorna.kinloch', 'Review co-ordinator'),
  informationOfficer: council(12, 'Hamza Siddiqui', 'hamza.siddiqui', 'Information governance officer'),
  administrator: council(13, 'Mòrag NicLeòid', 'morag.nicleoid', 'Systems administrator'),
  /** Works for the health and social care partnership: a tenant whose calendars Strathlinn's mailbox cannot read. */
  healthSocialWorker: member(14, tenants.health, [
    'Ngozi Eze',
    `ngozi.eze@${strathlinn.healthDomain}`,
    'Social worker',
  ]),
  /** In Strathlinn's staff list, but nobody has joined the account to it yet. */
  unbound: teaching(15, 'Taras Kovalenko', 'taras.kovalenko', 'Teacher of Music'),
  /** One account, two councils: has to say for which they act. */
  servesBoth: council(18, 'Kirsten Rennie', 'kirsten.rennie', 'Support teacher'),
  servesBothInKylebrae: {
    ...council(18, 'Kirsten Rennie', 'kirsten.rennie', 'Support teacher'),
    personId: '019b8d6a-4a00-7ca5-8a02-000000000019',
  },
  neighbourHead: member(16, tenants.kylebrae, [
    'Fraser Guthrie',
    `fraser.guthrie@${kylebrae.domain}`,
    'Virtual school head teacher',
  ]),
  neighbourTeacher: member(17, tenants.schools, [
    'Skye Tulloch',
    `skye.tulloch@${kylebrae.schoolsDomain}`,
    'PT Pupil Support',
  ]),
} as const;

/** The learners that the story and the tests speak of by name. */
export const castLearners = {
  /** J.M., S3, Ardmore Academy; looked after, with kinship carers. */
  jamie: { learnerId: '019b8d6a-4a00-7ca5-8a03-000000000001', given: 'Jamie', family: 'Macrae' },
  /** Restricted: reached by a named grant alone. */
  restricted: { learnerId: '019b8d6a-4a00-7ca5-8a03-000000000002', given: 'Orla', family: 'Haldane' },
  /** The teacher's niece: a declared conflict. */
  conflict: { learnerId: '019b8d6a-4a00-7ca5-8a03-000000000003', given: 'Thea', family: 'Moncrieff' },
  /** Where she lives may not be disclosed, by order. */
  hidden: { learnerId: '019b8d6a-4a00-7ca5-8a03-000000000004', given: 'Adaeze', family: 'Nwachukwu' },
  /** At school in Kylebrae's secondary, on Kylebrae's register: nobody in Strathlinn may know. */
  neighbour: { learnerId: '019b8d6a-4a00-7ca5-8a03-000000000005', given: 'Kacper', family: 'Mazur' },
} as const;
