// Plain SQLite FTS5 in C: porter, the words joined by OR, stop words dropped, ranked by its BM25. No server: the times are taken inside the C program.
import path from 'node:path';
import { stopWords } from '../../Runner/lib/corpus.mjs';
import { Peer, writeSchema } from '../../Runner/lib/peer.mjs';

const flat = text => text.replace(/[\t\n\0]/g, ' ');

export default [{
  name: 'plain FTS5 (C)', version: async () => 'SQLite of wm',
  async start(context, folder) {
    const peer = new Peer(context.peer, path.join(folder, 'peer.db'), writeSchema(context.root, folder)), ids = [], stop = stopWords(context.root);
    return {
      async store(turn) {
        ids.push(turn.id);
        return peer.create({ title: '', content: flat(turn.text), tags: [], speaker: flat(turn.speaker) });
      },
      async search(query, limit) {
        const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])], telling = words.filter(word => !stop.has(word));
        const { items, ms } = await peer.search(telling.length ? telling : words, limit);
        return Object.assign(items.map(item => ids[item]), { ms });
      },
      close: () => peer.close(),
    };
  },
}];
