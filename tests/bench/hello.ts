import Fastify from 'fastify';

/** What a list API could cost at the least: fastify with one route that answers a constant. A process of its own. */
const app = Fastify({ logger: false });
app.post('/api/requests/search', () => ({ hello: 'world' }));
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.send?.({ port: Number(new URL(url).port) });
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
