// Validators for the official MCP schemas in schema/, and a compile check for the schemas of tools.
import fs from 'node:fs';
import path from 'node:path';
import { INSTRUMENTS, requireInstalled } from './modules.mjs';

const Ajv = requireInstalled('ajv/dist/2020.js').default;

function validators(revision) {
  const schema = JSON.parse(fs.readFileSync(path.join(INSTRUMENTS, 'schema', revision + '.schema.json'), 'utf8'));
  const definitions = schema.$defs ? '$defs' : 'definitions';
  if (schema.$schema?.includes('draft-07')) delete schema.$schema; // the 2020 validator knows all of its keywords
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(schema, 'mcp');
  return name => {
    const validate = ajv.getSchema(`mcp#/${definitions}/${name}`);
    return value => (validate(value) ? null : validate.errors.slice(0, 3).map(error => error.instancePath + ' ' + error.message).join('; '));
  };
}

const byRevision = new Map();

/** The first three faults of the value against the named definition of the revision, or null. */
export function schemaFault(revision, name, value) {
  if (!byRevision.has(revision)) byRevision.set(revision, validators(revision));
  return byRevision.get(revision)(name)(value);
}

/** The faults of the tools' own schemas: each must be a JSON Schema that compiles. */
export function toolSchemaFaults(tools) {
  const ajv = new Ajv({ strict: false, validateFormats: false }), faults = [];
  for (const tool of tools) {
    for (const key of ['inputSchema', 'outputSchema']) {
      if (!tool[key]) continue;
      const schema = { ...tool[key] };
      if (schema.$schema?.includes('draft-07')) delete schema.$schema;
      try { ajv.compile(schema); } catch (error) { faults.push(`${tool.name}.${key}: ${error.message}`); }
    }
  }
  return faults;
}
