// wm over stdio, as an agent uses it.
import { StdioClient } from '../../../tests/instruments/lib/stdio-client.mjs';
import { isError, toolText } from '../../../tests/instruments/lib/server-map.mjs';

const system = (tool, name) => ({
  name, version: async context => context.version,
  async start(context, folder) {
    const client = new StdioClient(context.wm, ['serve'], { env: { WM_STATE_ROOT: folder }, cwd: folder }), turnsOf = new Map();
    const call = async (name, args) => {
      const message = await client.call(name, args);
      if (isError(message)) throw new Error(`${name}: ${JSON.stringify(message.error ?? toolText(message)).slice(0, 400)}`);
      return message.result.structuredContent;
    };
    await client.open();
    return {
      async store(turn) {
        const event_time = turn.date + (turn.date.length === 16 ? ':00Z' : '');
        const { memory_id } = await call('create_memory', { content: turn.text, speaker: turn.speaker, session_id: turn.session, event_time });
        turnsOf.set(memory_id, [...(turnsOf.get(memory_id) ?? []), turn.id]); // a repeated text shares a memory
      },
      search: async (query, limit) => (await call(tool, { query, limit })).results.flatMap(result => turnsOf.get(result.memory_id) ?? []),
      close: () => client.close(),
    };
  },
});

export default [system('search_memories', 'wm'), system('hybrid_recall', 'wm, hybrid_recall')];
