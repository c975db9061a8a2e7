import { createApp } from '../../bot/app.js';
import { readConfig } from '../../bot/config.js';

/** The product's own server, web role only, as production builds it; in a process of its own like the anchors. */
const app = await createApp(readConfig(process.env));
const url = await app.listen();
process.send?.({ port: Number(new URL(url).port) });
process.on('disconnect', () => void app.close().then(() => process.exit(0)));
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
