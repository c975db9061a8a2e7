import { openedRecord, openedRecordList, type OpenRecord } from '../../bot/learners/glass-contract.js';
import type { Send } from '../send.js';

export function emergencyCalls(send: Send) {
  return {
    openRecord: (wanted: OpenRecord) => send('POST', '/emergency-access', openedRecord, wanted),
    listOpenedRecords: () => send('GET', '/emergency-access', openedRecordList),
  };
}
