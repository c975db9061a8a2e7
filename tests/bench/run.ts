const benches: Record<string, () => Promise<{ main(): Promise<void> }>> = {
  turn: () => import('./turn.js'),
};
const bench = benches[process.argv[2] ?? ''];
if (!bench) {
  process.stderr.write(`Which bench? ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}
await (await bench()).main();
