import { workload, workloadOf } from '../../bot/requests/workload-contract.js';
import type { Send } from '../send.js';

export function workloadCalls(send: Send) {
  return {
    readWorkload: () => send('GET', '/workload', workload),
    readWorkloadOf: (personId: string) => send('GET', `/workload/${personId}`, workloadOf),
  };
}
