// What the list of tools costs every conversation.
import { Wm } from '../lib/wm.mjs';

async function list(context, args, least) {
  const wm = await Wm.start(context, context.folder('tools'), args);
  const { result } = await wm.client.request('tools/list');
  await wm.close();
  const bytes = value => Buffer.byteLength(JSON.stringify(value));
  return {
    names: result.tools.map(tool => tool.name), isComplete: !result.nextCursor && result.tools.length >= least,
    inputs: bytes(result.tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema }))), whole: bytes(result),
  };
}

export async function measure(context, { core: coreCount }) {
  const full = await list(context, ['serve'], coreCount + 1), core = await list(context, ['serve', '--profile', 'core'], coreCount), wrong = [];
  if (!full.isComplete) wrong.push('the list is in pages or too short');
  if (core.names.length !== coreCount) wrong.push(`--profile core lists ${core.names.length} tools, not ${coreCount}`);
  return {
    values: { inputs_bytes: full.inputs, whole_bytes: full.whole, core_inputs_bytes: core.inputs, core_whole_bytes: core.whole },
    details: { tools: full.names.length, core_tools: core.names.length }, wrong,
  };
}
