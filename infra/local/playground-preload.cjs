'use strict';
// Loaded before the Microsoft 365 Agents Playground (node --require). By itself the Playground listens on every address, asks
// Application Insights and the cloud's metadata address for things, outlives whoever started it, loses what arrives before its
// page is ready, and shows an empty chat once the page is reloaded. Here it listens on 127.0.0.1, reaches nothing but this
// machine, answers no foreign page, ends with its parent, and shows every page the whole chat when that page is ready.
const http = require('node:http');
const net = require('node:net');
const dgram = require('node:dgram');
const dns = require('node:dns');
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { dress } = require('./playground-page.cjs');

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;
const ownHost = /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/;
const ownOrigin = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;
const chatStream = '/_ws_conversation/v1/conversations/stream';
const pageIsReady = /^\/_debug\/conversation\/[^/]+\/installation$/;
const readyAnywayMs = 10_000;
const framesKept = 2000;

listenOnLoopbackOnly();
reachLoopbackOnly();
answerOwnPagesOnly();
endWithParent();

/** The parent holds the other end of standard input and never writes: it ends when the parent does, however that died. */
function endWithParent() {
  process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0));
  process.stdin.resume();
}

function listenOnLoopbackOnly() {
  const listen = net.Server.prototype.listen;
  net.Server.prototype.listen = function (...args) {
    const [first] = args;
    const port = Number((typeof first === 'object' && first !== null ? first.port : first) ?? 0);
    if (!Number.isInteger(port)) throw new Error('Only a TCP port of 127.0.0.1 may be listened on here.');
    const callback = args.find((one) => typeof one === 'function');
    return listen.call(this, { port, host: '127.0.0.1', exclusive: true }, callback);
  };
  dgram.Socket.prototype.bind = refuse;
}

function reachLoopbackOnly() {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...args) {
    // net.connect hands its arguments on as one array; everybody else calls with (options) or (port, host).
    const [first, second] = Array.isArray(args[0]) ? args[0] : args;
    const host = typeof first === 'object' && first !== null ? first.host : second;
    const path = typeof first === 'object' && first !== null ? first.path : undefined;
    const named = typeof host === 'string' ? host : 'localhost';
    if (!path && loopback.test(named)) return connect.apply(this, args);
    process.nextTick(() => this.destroy(unreachable()));
    return this;
  };
  dgram.Socket.prototype.send = refuse;
  dgram.Socket.prototype.connect = refuse;
  const lookup = dns.lookup;
  dns.lookup = function (name, ...rest) {
    if (loopback.test(name)) return lookup.call(dns, name, ...rest);
    const callback = rest.find((one) => typeof one === 'function');
    return process.nextTick(callback, unreachable());
  };
}

function refuse() {
  throw unreachable();
}

function unreachable() {
  return Object.assign(new Error('Only this machine may be reached from here.'), { code: 'ECONNREFUSED' });
}

function answerOwnPagesOnly() {
  const emit = http.Server.prototype.emit;
  const history = createHistory();
  http.Server.prototype.emit = function (event, ...args) {
    if (event !== 'request' && event !== 'upgrade') return emit.call(this, event, ...args);
    const [request, answer] = args;
    const { host = '', origin } = request.headers;
    const foreign = !ownHost.test(host) || (origin !== undefined && !ownOrigin.test(origin));
    if (!foreign) {
      if (event === 'request' && request.method === 'GET' && request.url === '/') return showPage(answer);
      if (event === 'upgrade' && request.url === chatStream) history.follow(answer);
      if (event === 'request' && request.method === 'POST' && pageIsReady.test(request.url)) history.release();
      return emit.call(this, event, ...args);
    }
    if (event === 'upgrade') answer.destroy();
    else answer.writeHead(403).end();
    return true;
  };
}

/** The Playground's page, made to fit a narrow window. */
function showPage(answer) {
  const html = readFileSync(join(dirname(process.argv[1]), 'dist', 'client', 'index.html'), 'utf8');
  answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(dress(html));
  return true;
}

/**
 * The page fails for good when a message comes before it has read its configuration, and starts empty when reloaded. So what
 * the chat's stream sends is kept here, held back from a page that is not ready, and then sent to it whole.
 */
function createHistory() {
  const frames = [];
  const pages = new Set();

  function follow(socket) {
    const write = socket.write;
    const page = { upgraded: false, ready: false, unread: Buffer.alloc(0), send: (bytes) => write.call(socket, bytes) };
    pages.add(page);
    const anyway = setTimeout(() => letGo(page), readyAnywayMs);
    socket.once('close', () => {
      clearTimeout(anyway);
      pages.delete(page);
    });
    socket.write = function (chunk, ...rest) {
      if (page.upgraded) page.unread = take(page, Buffer.concat([page.unread, Buffer.from(chunk)]));
      else page.send(chunk);
      page.upgraded = true;
      const written = rest.find((one) => typeof one === 'function');
      if (written) process.nextTick(written);
      return true;
    };
  }

  /** Takes whole frames (RFC 6455 5.2, never masked from a server) off the front; answers what is left. */
  function take(page, bytes) {
    for (;;) {
      const length = frameLength(bytes);
      if (length === null || bytes.length < length) return bytes;
      const frame = Buffer.from(bytes.subarray(0, length));
      const isText = (frame[0] & 0x0f) === 1;
      // Every page is sent the same: the one that has been open longest is the one to copy from.
      if (isText && pages.values().next().value === page) frames.push(frame);
      if (frames.length > framesKept) frames.shift();
      if (page.ready || !isText) page.send(frame);
      bytes = bytes.subarray(length);
    }
  }

  function letGo(page) {
    if (page.ready) return;
    page.ready = true;
    for (const frame of frames) page.send(frame);
  }

  return { follow, release: () => pages.forEach(letGo) };
}

function frameLength(bytes) {
  if (bytes.length < 2) return null;
  const short = bytes[1] & 0x7f;
  if (short < 126) return 2 + short;
  if (short === 126) return bytes.length < 4 ? null : 4 + bytes.readUInt16BE(2);
  return bytes.length < 10 ? null : 10 + Number(bytes.readBigUInt64BE(2));
}
