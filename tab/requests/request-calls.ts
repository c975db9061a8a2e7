import {
  type MoveRequest,
  requestDetail,
  routingChoices,
  type SimulateRouting,
  simulatedRouting,
  type UndoMove,
} from '../../bot/requests/contract.js';
import type { RequestMove } from '../../bot/requests/request.js';
import {
  type ChangeView,
  type LogRequest,
  loggedRequest,
  requestAudit,
  requestBeside,
  savedView,
  type SaveView,
  snippetList,
  triageList,
  type TriageSearch,
  viewList,
} from '../../bot/requests/triage-contract.js';
import { handedOver, type HandOver } from '../../bot/requests/workload-contract.js';
import { nothing, type Send } from '../send.js';

export function requestCalls(send: Send) {
  return {
    searchRequests: (search: TriageSearch) => send('POST', '/requests/search', triageList, search),
    readRequest: (id: string) => send('GET', `/requests/${id}`, requestDetail),
    readBeside: (id: string) => send('GET', `/requests/${id}/beside`, requestBeside),
    readAudit: (id: string) => send('GET', `/requests/${id}/audit`, requestAudit),
    moveRequest: (id: string, move: RequestMove, press: MoveRequest) =>
      send('POST', `/requests/${id}/${move}`, requestDetail, press),
    undoMove: (id: string, press: UndoMove) => send('POST', `/requests/${id}/undo`, requestDetail, press),
    handOver: (act: HandOver) => send('POST', '/requests/hand-over', handedOver, act),
    undoHandOver: (id: string, nonce: string) => send('POST', `/requests/hand-over/${id}/undo`, handedOver, { nonce }),
    logRequest: (heard: LogRequest) => send('POST', '/requests/logged', loggedRequest, heard),
    listSnippets: () => send('GET', '/requests/snippets', snippetList),
    ...viewCalls(send),
    simulateRouting: (asked: SimulateRouting) => send('POST', '/routing/simulate', simulatedRouting, asked),
    routingChoices: () => send('GET', '/routing/choices', routingChoices),
  };
}

function viewCalls(send: Send) {
  return {
    listViews: () => send('GET', '/requests/views', viewList),
    saveView: (view: SaveView) => send('POST', '/requests/views', savedView, view),
    changeView: (id: string, view: ChangeView) => send('PUT', `/requests/views/${id}`, savedView, view),
    removeView: (id: string, version: number) => send('POST', `/requests/views/${id}/remove`, nothing, { version }),
  };
}
