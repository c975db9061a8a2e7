const benches: Record<string, () => Promise<{ main(): Promise<void> }>> = {
  'draft-check': () => import('./draft-check.js'),
  turn: () => import('./turn.js'),
  triage: () => import('./triage.js'),
  schedule: () => import('./schedule.js'),
  matching: () => import('./matching.js'),
  'matching-registers': () => import('./matching-registers.js'),
  'matching-speed': () => import('./matching-speed.js'),
};
const bench = benches[process.argv[2] ?? ''];
if (!bench) {
  process.stderr.write(`Which bench? ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}
await (await bench()).main();
