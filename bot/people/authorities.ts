/**
 * The 32 Scottish local authorities and their codes (GSS, S12). Pure reference data.
 * Source: reference domain 9.1, checked there against two public lists. Boundary changes gave some councils a new code;
 * old data still carries the old one, so `findAuthority` answers for both.
 */
export interface ScottishAuthority {
  readonly code: string;
  readonly name: string;
  readonly retiredCodes: readonly string[];
}

const authority = (code: string, name: string, ...retiredCodes: string[]): ScottishAuthority => ({
  code,
  name,
  retiredCodes,
});

export const scottishAuthorities: readonly ScottishAuthority[] = [
  authority('S12000033', 'Aberdeen City'),
  authority('S12000034', 'Aberdeenshire'),
  authority('S12000041', 'Angus'),
  authority('S12000035', 'Argyll and Bute'),
  authority('S12000036', 'City of Edinburgh'),
  authority('S12000005', 'Clackmannanshire'),
  authority('S12000006', 'Dumfries and Galloway'),
  authority('S12000042', 'Dundee City'),
  authority('S12000008', 'East Ayrshire'),
  authority('S12000045', 'East Dunbartonshire'),
  authority('S12000010', 'East Lothian'),
  authority('S12000011', 'East Renfrewshire'),
  authority('S12000014', 'Falkirk'),
  authority('S12000047', 'Fife', 'S12000015'),
  authority('S12000049', 'Glasgow City', 'S12000046', 'S12000043'),
  authority('S12000017', 'Highland'),
  authority('S12000018', 'Inverclyde'),
  authority('S12000019', 'Midlothian'),
  authority('S12000020', 'Moray'),
  authority('S12000013', 'Na h-Eileanan Siar'),
  authority('S12000021', 'North Ayrshire'),
  authority('S12000050', 'North Lanarkshire', 'S12000044'),
  authority('S12000023', 'Orkney Islands'),
  authority('S12000048', 'Perth and Kinross', 'S12000024'),
  authority('S12000038', 'Renfrewshire'),
  authority('S12000026', 'Scottish Borders'),
  authority('S12000027', 'Shetland Islands'),
  authority('S12000028', 'South Ayrshire'),
  authority('S12000029', 'South Lanarkshire'),
  authority('S12000030', 'Stirling'),
  authority('S12000039', 'West Dunbartonshire'),
  authority('S12000040', 'West Lothian'),
];

/** By present or retired code, in any case and with spaces around it; null when it is no Scottish authority's. */
export function findAuthority(code: string): ScottishAuthority | null {
  const asked = code.trim().toUpperCase();
  return scottishAuthorities.find((one) => one.code === asked || one.retiredCodes.includes(asked)) ?? null;
}
