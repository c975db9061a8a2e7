/** What somebody is told of a request. The card says this and no more: what it is about is shown to them when they ask. */
export const noticeKinds = [
  'question',
  'answer',
  'declined',
  'transferred',
  'remind',
  'manager',
  'reply',
  'given',
  'phone-them',
  'untaken',
  'before-due',
  'overdue',
  'transfer-unaccepted',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
