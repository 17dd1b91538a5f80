// Holds the SARIF of a red run to the JSON schema of SARIF 2.1.0. The schema (OASIS, errata of 2.1.0) comes with the npm package
// @microsoft/jest-sarif; it is of JSON Schema draft 4.
//   TOLLGATE_PAGE_TEST=TOLLGATE:OUT node --test sarif_test.mjs      ci/page prepares what this needs
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import {before, test} from 'node:test';
import Ajv from 'ajv-draft-04';
import formats from 'ajv-formats';

const [tollgate, out] = process.env.TOLLGATE_PAGE_TEST.split(path.delimiter);
const library = createRequire(import.meta.url).resolve('@microsoft/jest-sarif');
const schema = JSON.parse(readFileSync(path.join(path.dirname(library), 'schemas', 'sarif-2.1.0-rtm.5.json')));
const ajv = new Ajv({allErrors: true, strict: false, unicodeRegExp: false});
formats(ajv);
const valid = ajv.compile(schema);
const faults = document => valid(document) ? [] : valid.errors.map(one => `${one.instancePath}: ${one.message}`);

let document;
before(() => {
  mkdirSync(out, {recursive: true});
  const file = path.join(out, 'fault.sarif');
  const flags = ['--sim', '--seed', '7', '--fault', 'M05', '--out', path.join(out, 'sarif'), '--report', `sarif=${file}`];
  assert.equal(spawnSync(tollgate, ['run', 'ORD', 'DBT', ...flags]).status, 1);
  document = JSON.parse(readFileSync(file));
});

test('the SARIF of a red run keeps to the schema', () => {
  assert.deepEqual(faults(document), []);
  assert.ok(document.runs[0].results.some(one => one.kind === 'fail' && one.level === 'error'));
});

test('the schema refuses what is no SARIF', () => {
  const level = structuredClone(document), line = structuredClone(document), more = structuredClone(document);
  level.runs[0].results[0].level = 'grave';
  line.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
  more.runs[0].verdict = 'fail';
  for (const one of [level, line, more, {version: '2.1.0'}]) assert.notDeepEqual(faults(one), []);
});
