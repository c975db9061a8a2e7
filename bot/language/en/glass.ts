/** Emergency access: what the head and the information officer are told in chat. */
export const glassWords = {
  'glass.title': 'Emergency access was used',
  'glass.text':
    'Somebody opened a record that is otherwise closed to them, for four hours. Who it was and why stands in Golden Thread, Emergency access.',
  'glass.open': 'Open',
} as const;
