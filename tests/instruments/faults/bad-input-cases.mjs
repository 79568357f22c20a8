// The malformed and unusual lines of 03: [name, line, id of the answer or null when none has to come].
import { createArguments, searchArguments } from '../lib/server-map.mjs';

const MEGABYTE = 1048576;
const deepArray = depth => '['.repeat(depth) + ']'.repeat(depth);
const deepObject = depth => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
const request = (id, params, method = 'tools/call') => JSON.stringify({ jsonrpc: '2.0', id, method, params });

export function badInputCases(map, bigMegabytes) {
  return [...messageCases(), ...idCases(), ...callCases(map), ...textCases(map), ...sizeCases(map, bigMegabytes), ...queryCases(map)];
}

const messageCases = () => [
  ['not json', 'hello this is not json', null],
  ['truncated json', '{"jsonrpc":"2.0","id":901,"method":"tools/li', null],
  ['empty line', '', null],
  ['json scalar', '42', null],
  ['json null', 'null', null],
  ['empty array (batch)', '[]', null],
  ['batch array', '[{"jsonrpc":"2.0","id":902,"method":"ping"}]', 902],
  ['no jsonrpc field', '{"id":903,"method":"tools/list","params":{}}', 903],
  ['method is number', '{"jsonrpc":"2.0","id":904,"method":5}', 904],
  ['unknown method', '{"jsonrpc":"2.0","id":905,"method":"no/such","params":{}}', 905],
  ['response to nothing', '{"jsonrpc":"2.0","id":77777,"result":{}}', null],
  ['unknown notification', '{"jsonrpc":"2.0","method":"notifications/nope"}', null],
  ['cancel unknown', '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":4242}}', null],
  ['duplicate keys', '{"jsonrpc":"2.0","id":913,"id":914,"method":"tools/list","params":{}}', 914],
  ['CRLF line ending', request(915, {}, 'tools/list') + '\r', 915],
  ['BOM prefix', '\uFEFF' + request(916, {}, 'tools/list'), 916],
];

const idCases = () => [
  ['id null request', '{"jsonrpc":"2.0","id":null,"method":"tools/list"}', null],
  ['id object', '{"jsonrpc":"2.0","id":{"a":1},"method":"tools/list"}', null],
  ['id float', '{"jsonrpc":"2.0","id":1.5,"method":"tools/list","params":{}}', 1.5],
  // JavaScript reads the id as the nearest double; that the digits come back exactly is checked elsewhere.
  ['id huge int', '{"jsonrpc":"2.0","id":9007199254740993,"method":"tools/list","params":{}}', 9007199254740992],
  ['string id', '{"jsonrpc":"2.0","id":"s-1","method":"tools/list","params":{}}', 's-1'],
];

function callCases(map) {
  const { tool, args } = map.ops.create;
  const wrongTypes = Object.fromEntries(Object.keys(args).map(key => [key, { x: 1 }]));
  return [
    ['params array', '{"jsonrpc":"2.0","id":906,"method":"tools/call","params":[1,2]}', 906],
    ['tools/call no params', '{"jsonrpc":"2.0","id":907,"method":"tools/call"}', 907],
    ['unknown tool', request(908, { name: 'no_such_tool', arguments: {} }), 908],
    ['arguments string', request(909, { name: tool, arguments: 'x' }), 909],
    ['missing required args', request(910, { name: tool, arguments: {} }), 910],
    ['wrong arg types', request(911, { name: tool, arguments: wrongTypes }), 911],
    ['unknown extra arg', request(912, { name: tool, arguments: { ...createArguments(map, 31), zzz_unknown: 1 } }), 912],
    ['deep array 100k in arguments', `{"jsonrpc":"2.0","id":920,"method":"tools/call","params":{"name":"${tool}","arguments":{"x":${deepArray(100000)}}}}`, 920],
    ['deep object 5k', `{"jsonrpc":"2.0","id":921,"method":"tools/call","params":{"name":"${tool}","arguments":{"x":${deepObject(5000)}}}}`, 921],
    ['deep object 60', `{"jsonrpc":"2.0","id":922,"method":"tools/call","params":{"name":"${tool}","arguments":{"x":${deepObject(60)}}}}`, 922],
  ];
}

/** A create call in which the text `note N` is replaced. */
function createWith(map, id, i, replacement) {
  return request(id, { name: map.ops.create.tool, arguments: createArguments(map, i) }).replace(`note ${i}`, replacement);
}

function textCases(map) {
  const [before, after] = createWith(map, 923, 35, 'note 35 HERE').split('HERE');
  const invalidUtf8 = Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from(after + '\n')]);
  return [
    ['lone surrogate escape', createWith(map, 917, 32, 'note \\ud800 32'), 917],
    ['NUL in string', createWith(map, 918, 33, 'note \\u0000 33'), 918],
    ['U+2028 & emoji', createWith(map, 919, 34, 'note \u2028 \u{1F9E0}34'), 919],
    ['invalid UTF-8 in string', invalidUtf8, 923],
    ['path traversal title', request(925, { name: map.ops.create.tool, arguments: { ...createArguments(map, 37), title: '../../../../tmp/evil' } }), 925],
  ];
}

const sizeCases = (map, megabytes) => [
  [`${megabytes} MB argument`, createWith(map, 924, 36, 'note 36 ' + 'x'.repeat(megabytes * MEGABYTE)), 924],
  [`${megabytes} MB garbage line`, 'z'.repeat(megabytes * MEGABYTE), null],
];

function queryCases(map) {
  const search = (id, query) => request(id, { name: map.ops.search.tool, arguments: searchArguments(map, query) });
  return [
    ['sql/fts metachar query', search(926, '" OR \' ( AND NEAR * ^ ; DROP TABLE x--'), 926],
    ['empty query', search(927, ''), 927],
    ['1 MB query', search(928, 'q '.repeat(500000)), 928],
  ];
}
