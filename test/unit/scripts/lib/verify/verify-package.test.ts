import assert from 'node:assert/strict';
import { budgets } from '../../../../../scripts/lib/verify/package-content.ts';
import { pngSize } from '../../../../../scripts/lib/verify/png-size.ts';
import { verifyPackage } from '../../../../../scripts/lib/verify/verify-package.ts';
import { exampleTask } from '../../../../support/example-task.ts';
import { packedExtension } from '../../../../support/packed-extension.ts';

type Changes = Parameters<typeof packedExtension>[0];

function problems(changes: Changes, version = '0.1.0'): readonly string[] {
  return verifyPackage(packedExtension(changes), version).map(
    ({ where = '', what }) => `${where}: ${what}`,
  );
}

const identity = '<Identity Id="daemonless-pipelines" Version="0.1.0" />';
const task = (change: object): string => JSON.stringify({ ...exampleTask, ...change });
const taskJson = 'ExampleTask/v1/task.json';

describe('the verification of the packed extension', () => {
  it('finds nothing in a good one', () => {
    assert.deepEqual(problems({}), []);
  });

  it('finds sources, source maps and node_modules', () => {
    const found = problems({
      'ExampleTask/v1/main.ts': '',
      'ExampleTask/v1/dist/main.cjs.map': '{}',
      'ExampleTask/v1/node_modules/q/package.json': '{}',
    });
    assert.equal(found.filter((line) => line.includes('does not belong')).length, 3);
  });

  it('finds a package and a task that are too large', () => {
    const large = { 'ExampleTask/v1/dist/main.cjs': ' '.repeat(budgets.task + 1) };
    assert.match(problems(large).join(), /^ExampleTask\/v1: Expected at most 1536 KB/);
    const extension = { ...packedExtension(), bytes: budgets.package + 1 };
    assert.match(verifyPackage(extension, '0.1.0')[0]?.what ?? '', /at most 3072 KB/);
  });

  it('finds a script of the tab that is too large', () => {
    const found = problems({ 'web/tab.js': ' '.repeat(budgets.tab + 1) }).join();
    assert.match(found, /^web\/tab\.js: Expected at most 60 KB, found 61 KB/);
  });

  it('finds a page that a contribution shows and the package does not serve', () => {
    const tab = { type: 'tab', properties: { name: 'Containers', uri: 'web/containers.html' } };
    const manifest = JSON.stringify({ contributions: [tab] });
    const asset = (more: string): string =>
      `${identity}<Asset Type="web/containers.html" d:Source="File" Path="web/containers.html"${more}/>`;
    const found = (more: string): readonly string[] =>
      problems({ 'extension.vsomanifest': manifest, 'extension.vsixmanifest': asset(more) });
    assert.match(found('').join(), /web\/containers\.html: A contribution shows this page/);
    assert.doesNotMatch(found(' Addressable="true"').join(), /shows this page/);
  });

  it('finds a handler whose target is not packed', () => {
    assert.deepEqual(problems({ 'ExampleTask/v1/dist/main.cjs': undefined }), [
      "ExampleTask/v1: Its handler's target dist/main.cjs is missing.",
    ]);
  });

  it('finds a part of a bundle that is not packed', () => {
    const code = 'var a=require("./chunk-1.cjs"),b=c("./main.cjs");';
    assert.deepEqual(problems({ 'ExampleTask/v1/dist/main.cjs': code }), [
      'ExampleTask/v1: Its part chunk-1.cjs is missing.',
    ]);
  });

  it('finds a missing icon and one of another size', () => {
    const icon = 'ExampleTask/v1/icon.png';
    assert.match(problems({ [icon]: undefined }).join(), /icon\.png of 32x32, found none/);
    assert.match(problems({ [icon]: 'GIF89a' }).join(), /icon\.png of 32x32, found none/);
  });

  it('finds a type that would let the gallery serve code as something else', () => {
    const changed = { '[Content_Types].xml': '<Types><Default Extension="cjs" ContentType="x"/>' };
    const found = problems(changed);
    assert.ok(
      found.includes(
        'ExampleTask/v1/dist/main.cjs: Expected type application/javascript, found x.',
      ),
    );
    assert.ok(found.includes('LICENSE: Expected type text/plain, found none.'));
    assert.match(problems({ '[Content_Types].xml': undefined }).join(), /It is missing/);
  });

  it('finds a task.json that breaks the schema or does not fit together', () => {
    assert.match(problems({ [taskJson]: '{' }).join(), /task\.json: Not JSON/);
    const outputVariables = [{ name: 'DOCKER_CONFIG', description: 'x' }];
    assert.match(problems({ [taskJson]: task({ outputVariables }) }).join(), /DOCKER_CONFIG is/);
  });

  it('finds a task in the folder of another name or major', () => {
    assert.match(problems({ [taskJson]: task({ name: 'Other' }) }).join(), /folder Other\/v1/);
  });

  it('finds a GUID that two tasks share', () => {
    const other = { 'OtherTask/v1/task.json': task({ name: 'OtherTask' }) };
    assert.match(problems(other).join('\n'), /GUID 6f1ad1f6-\S+ is that of ExampleTask/);
  });

  it('finds a contribution without its task', () => {
    const gone = { type: 'ms.vss-distributed-task.task', properties: { name: 'Gone' } };
    const changed = { 'extension.vsomanifest': JSON.stringify({ contributions: [gone] }) };
    assert.match(problems(changed).join(), /The task Gone is contributed, but not in the package/);
  });

  it('finds versions that do not follow from the extension', () => {
    const found = problems({}, '0.2.0');
    assert.match(found.join(), /Expected version 0\.2\.0, found 0\.1\.0/);
    assert.match(found.join(), /ExampleTask\/v1: Its version is not that of 0\.2\.0/);
    assert.match(problems({ 'extension.vsixmanifest': '' }).join(), /found none/);
  });
});

describe('the size of a PNG', () => {
  it('is undefined for anything else', () => {
    assert.equal(pngSize(Buffer.from('<svg>')), undefined);
    assert.equal(pngSize(Buffer.alloc(100)), undefined);
  });
});
