import { type exportReasons, numbers, type NumbersQuestion, termList } from '../../bot/requests/numbers-contract.js';
import type { Send } from '../send.js';

export type ExportReason = (typeof exportReasons)[number];

export function numbersCalls(send: Send) {
  return {
    listTerms: () => send('GET', '/numbers/terms', termList),
    readNumbers: (question: NumbersQuestion) => send('POST', '/numbers/requests', numbers, question),
    /** The same as a CSV file; why it is wanted is kept. */
    exportNumbers: async (question: NumbersQuestion, reason: ExportReason): Promise<Blob> =>
      (await send.open('POST', '/numbers/requests/csv', { question, reason })).blob(),
  };
}
