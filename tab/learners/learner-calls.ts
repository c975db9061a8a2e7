import type { z } from 'zod';
import type { ConfirmMapping, outcomes } from '../../bot/learners/extract-contract.js';
import {
  extractList,
  extractLook,
  extractRow,
  extractStarted,
  previewRows,
  rejectedFile,
} from '../../bot/learners/extract-contract.js';
import {
  changeList,
  exported,
  type exportLearners,
  learnerDetail,
  learnerList,
  type LearnerSearch,
  type MatchDecision,
  matchQueue,
  qualityReport,
} from '../../bot/learners/register-contract.js';
import { nothing, type Send } from '../send.js';

export interface AsOf {
  readonly stoodOn?: string;
  readonly knownOn?: string;
}

export type ExtractPress = 'import' | 'cancel' | 'undo';

export function learnerCalls(send: Send) {
  return {
    searchLearners: (search: Partial<LearnerSearch>) => send('POST', '/learners/search', learnerList, search),
    readLearner: (id: string, as: AsOf) =>
      send('GET', `/learners/${id}?${new URLSearchParams({ ...as })}`, learnerDetail),
    exportLearners: (wanted: z.input<typeof exportLearners>) => send('POST', '/learners/export', exported, wanted),
    listChanges: (open: boolean) => send('POST', '/changes/search', changeList, { open }),
    acknowledgeChange: (id: string) => send('POST', `/changes/${id}/acknowledge`, nothing),
    settleChange: (id: string, body: { version: number; tell: string[]; because: string }) =>
      send('POST', `/changes/${id}/settle`, nothing, body),
    listMatches: () => send('GET', '/matches', matchQueue),
    decideMatch: (id: string, body: { version: number; decision: MatchDecision }) =>
      send('POST', `/matches/${id}`, nothing, body),
    readQuality: () => send('GET', '/register/quality', qualityReport),
    ...extractCalls(send),
  };
}

function extractCalls(send: Send) {
  return {
    listExtracts: () => send('GET', '/extracts', extractList),
    readExtract: (id: string) => send('GET', `/extracts/${id}`, extractRow),
    beginExtract: (bytes: number, parts: number) => send('POST', '/extracts', extractStarted, { bytes, parts }),
    sendPart: (id: string, part: number, content: string) =>
      send('PUT', `/extracts/${id}/parts/${part}`, nothing, { content }),
    completeUpload: (id: string) => send('POST', `/extracts/${id}/complete`, extractRow),
    lookAtExtract: (id: string) => send('POST', `/extracts/${id}/look`, extractLook),
    confirmMapping: (id: string, body: ConfirmMapping) => send('POST', `/extracts/${id}/mapping`, extractRow, body),
    previewRows: (id: string, outcome: (typeof outcomes)[number], after: number) =>
      send('POST', `/extracts/${id}/rows/search`, previewRows, { outcome, after, limit: 50 }),
    rejectedRows: (id: string) => send('POST', `/extracts/${id}/rejected`, rejectedFile),
    moveExtract: (id: string, name: ExtractPress, body: { version: number; acceptAlarms?: boolean }) =>
      send('POST', `/extracts/${id}/${name}`, extractRow, body),
  };
}
