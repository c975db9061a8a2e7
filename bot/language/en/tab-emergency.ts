/** Emergency access (break-glass) in the tab. */
export const tabEmergency = {
  'page.emergency': 'Emergency access',
  'emergency.title': 'Emergency access',
  'emergency.explains':
    'A record that is closed to you opens for four hours. Your head and the information officer are told at once, and read why.',
  'emergency.number': 'Scottish Candidate Number',
  'emergency.numberHint': 'Nine digits, from somebody who may tell you.',
  'emergency.born': 'Birth date',
  'emergency.reason': 'Why, in a sentence',
  'emergency.reasonHint': 'Kept, and read by the head and the information officer.',
  'emergency.open': 'Open the record for four hours',
  'emergency.opened': 'Open until {{until}}. The learner is in your lists until then.',
  'emergency.none': 'There is no record that can be opened with this number and birth date.',
  'emergency.past': 'Records opened in the past year',
  'emergency.pastNone': 'No record has been opened this way',
  'emergency.pastNoneExplains': 'Whenever somebody does, it stands here and a message tells you.',
  'emergency.by': 'Who',
  'emergency.at': 'When',
  'emergency.until': 'Until',
  'emergency.why': 'Why',
  'emergency.stillOpen': 'still open',
} as const;
