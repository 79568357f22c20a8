// What a client does wrong: unknown versions, broken JSON, notifications and responses that ask for nothing.
import { json, pauseMs } from './context.mjs';

const LEGACY_REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];

export async function checkNegative(context) {
  for (const version of ['2024-11-05', '1.0.0', '2099-01-01', '2026-07-28']) await checkInitialize(context, version);
  const client = context.start();
  await client.open();
  await checkParseError(context, client);
  await checkSilence(context, client);
  await client.close();
}

/** initialize never answers the modern revision, whatever is asked. */
async function checkInitialize(context, version) {
  const client = context.start(version);
  const opened = await client.open(8000).catch(error => ({ exception: error.message }));
  context.check('n-initialize ' + version, version === '2026-07-28' ? 'INFO' : 'MUST',
    opened.result ? LEGACY_REVISIONS.includes(opened.result.protocolVersion) : !!opened.error,
    json(opened.result?.protocolVersion ?? opened.error ?? opened.exception));
  await client.close();
}

async function checkParseError(context, client) {
  client.send('{"jsonrpc":"2.0","id":5001,"method":"tools/li');
  await pauseMs(250);
  const reply = client.notes.find(note => note.error?.code === -32700);
  context.check('n-parse-error -32700 reply', 'SHOULD', reply, json(client.notes[0] ?? 'silent'));
  context.check('n-parse-error id null or absent', 'INFO', !reply || reply.id === null || reply.id === undefined, json(reply));
  const answer = await client.requestRaw('tools/list', {});
  context.check('n-alive-after-parse-error', 'MUST', !!answer.result);
}

async function checkSilence(context, client) {
  const before = client.notes.length;
  client.send('{"jsonrpc":"2.0","method":"notifications/unknown_x"}');
  client.send('{"jsonrpc":"2.0","id":88888,"result":{}}');
  await pauseMs(250);
  context.check('n-no-reply-to-notification/response', 'MUST', client.notes.length === before, json(client.notes[before]));
}
