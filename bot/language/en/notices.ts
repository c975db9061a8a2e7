/** Cards that say one thing about a request to one person, and nothing of what it is about. */
export const noticeWords = {
  'notice.title': 'About a request',
  'notice.show': 'Show it',
  'notice.open': 'Open it',
  'notice.question': 'The virtual school has a question for you about a request of yours.',
  'notice.answer': 'The virtual school has answered a request of yours.',
  'notice.declined': 'The virtual school cannot take on a request of yours. It says why, and who can help.',
  'notice.transferred': 'A request of yours has been passed to another service.',
  'notice.remind': 'The virtual school still waits for your answer to its question about a request of yours.',
  'notice.manager':
    'A colleague of your school has not yet answered a question from the virtual school. Could you answer it, or ask them to?',
  'notice.reply': 'The school has replied to a request that you have.',
  'notice.given': 'A request has been given to you.',
  'notice.phone-them': 'The school has not answered the question about a request. Please phone them.',
  'notice.untaken': 'Nobody has taken a request yet.',
  'notice.before-due': 'A request that is open is nearly due.',
  'notice.overdue': 'A request that is open is overdue.',
  'notice.transfer-unaccepted': 'A service has not yet said whether it takes a request that was passed to it.',
} as const;
