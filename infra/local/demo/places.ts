/** The made-up council's ground: authorities, tenants, registrations, clusters and schools. No council has these codes. */
const guid = (group: string, last: number) => `${group}-4a7e-4d10-9c51-${last.toString(16).padStart(12, '0')}`;

export const tenants = {
  schools: { tenantId: guid('5c0a1001', 1), name: 'National schools platform' },
  council: { tenantId: guid('5c0a1002', 2), name: 'Strathlinn Council' },
  health: { tenantId: guid('5c0a1003', 3), name: 'Strathlinn Health and Social Care' },
  kylebrae: { tenantId: guid('5c0a1004', 4), name: 'Kylebrae Council' },
} as const;

export const strathlinn = {
  authorityId: '019b8d6a-4a00-7001-8a01-5c0a00000001',
  code: 'D99000001',
  name: 'Strathlinn Council',
  domain: 'strathlinn.example',
  schoolsDomain: 'schools.strathlinn.example',
  healthDomain: 'hscp.strathlinn.example',
  virtualSchool: 'Strathlinn Virtual School',
} as const;

export const kylebrae = {
  authorityId: '019b8d6a-4a00-7001-8a01-5c0a00000002',
  code: 'D99000002',
  name: 'Kylebrae Council',
  domain: 'kylebrae.example',
  schoolsDomain: 'schools.kylebrae.example',
  healthDomain: 'kylebrae.example',
  virtualSchool: 'Kylebrae Virtual School',
} as const;

/** Strathlinn's bot is one registration in its three tenants; Kylebrae registered its own. */
export const apps = {
  strathlinnBot: guid('5c0a2001', 1),
  kylebraeBot: guid('5c0a2002', 2),
  api: guid('5c0a2003', 3),
  worker: guid('5c0a2004', 4),
} as const;

export const reviewMailboxes = {
  strathlinn: { tenantId: tenants.council.tenantId, address: 'virtual.school.reviews@strathlinn.example' },
  kylebrae: { tenantId: tenants.kylebrae.tenantId, address: 'virtual.school.reviews@kylebrae.example' },
} as const;

export const teams = {
  strathlinn: { teamId: guid('5c0a3001', 1), channelId: '19:5c0a3001strathlinnrequests@thread.tacv2' },
  kylebrae: { teamId: guid('5c0a3002', 2), channelId: '19:5c0a3002kylebraerequests@thread.tacv2' },
} as const;

export interface Cluster {
  readonly name: string;
  readonly secondary: string;
  readonly primaries: readonly string[];
  readonly special?: string;
}

export const strathlinnClusters: readonly Cluster[] = [
  {
    name: 'Ardmore',
    secondary: 'Ardmore Academy',
    primaries: [
      'Ardmore Primary',
      'Lochanside Primary',
      'Birkhill Road Primary',
      'St Fillan’s Primary',
      'Tarrel Primary',
    ],
    special: 'Rowanbank School',
  },
  {
    name: 'Balwhinnie',
    secondary: 'Balwhinnie High School',
    primaries: ['Balwhinnie Primary', 'Craigmuir Primary', 'Harbour Row Primary', 'Wester Linn Primary'],
  },
  {
    name: 'Corrievale',
    secondary: 'Corrievale Academy',
    primaries: ['Corrievale Primary', 'Bunsgoil Ghàidhlig Choire', 'Drumfern Primary', 'Millbrae Street Primary'],
  },
  {
    name: 'Dunrossie',
    secondary: 'Dunrossie High School',
    primaries: [
      'Dunrossie Primary',
      'Easterfield Primary',
      'Glenhallow Primary',
      'Kirk Wynd Primary',
      'Netherlinn Primary',
    ],
  },
  {
    name: 'Eskerton',
    secondary: 'Eskerton Academy',
    primaries: ['Eskerton Primary', 'Blairdarroch Primary', 'Langfauld Primary', 'Quarrywood Primary'],
  },
  {
    name: 'Fernlaw',
    secondary: 'Fernlaw Community High School',
    primaries: [
      'Fernlaw Primary',
      'Burnmouth Road Primary',
      'Carsebank Primary',
      'Our Lady’s Primary, Fernlaw',
      'Whinhill Primary',
    ],
    special: 'Harbour View School',
  },
  {
    name: 'Kirklinn',
    secondary: 'Kirklinn Academy',
    primaries: [
      'Kirklinn Primary',
      'Abbotshaugh Primary',
      'Meikleholm Primary',
      'Saltgreens Primary',
      'Toll Park Primary',
    ],
  },
  {
    name: 'Invermoy',
    secondary: 'Invermoy High School',
    primaries: ['Invermoy Primary', 'Ladybank Road Primary', 'Ord of Moy Primary', 'Skerryvale Primary'],
  },
];

export const kylebraeClusters: readonly Cluster[] = [
  {
    name: 'Kylebrae',
    secondary: 'Kylebrae Academy',
    primaries: ['Kylebrae Primary', 'Sandhaven Primary', 'Upper Kyle Primary'],
  },
];
