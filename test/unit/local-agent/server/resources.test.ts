import assert from 'node:assert/strict';
import { isGuid } from '../../../../local-agent/server/derived-guid.ts';
import { readResources, type Resources } from '../../../../local-agent/server/resources.ts';
import { formatProblem } from '../../../../local-agent/server/yaml/problem.ts';
import { SourceFile } from '../../../../local-agent/server/yaml/source-file.ts';

function read(text: string): { resources: Resources; problems: string[] } {
  const source = new SourceFile('r.yml', text);
  const resources = readResources(source, {
    folder: '/pipelines',
    env: { TOKEN: 'from env' },
    fileExists: (path) => !path.includes('missing'),
  });
  return { resources, problems: source.problems.map(formatProblem) };
}

const CONNECTION =
  'serviceConnections:\n  reg: { type: generic, url: "tcp://host:1234", parameters: { a: b } }\n';

describe('The resources file', () => {
  it('gives variables, plain or secret, and takes values from the environment', () => {
    const { resources, problems } = read(
      'variables:\n  a: x-${env:TOKEN}\n  b: { value: y, secret: true, readonly: true }\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(resources.variables, [
      { name: 'a', value: 'x-from env', isSecret: false, isReadOnly: false },
      { name: 'b', value: 'y', isSecret: true, isReadOnly: true },
    ]);
  });

  it('gives each service connection a GUID that stays the same', () => {
    const [first] = read(CONNECTION).resources.connections;
    const [again] = read(CONNECTION).resources.connections;
    assert.ok(isGuid(first?.id ?? ''));
    assert.equal(first?.id, again?.id);
  });

  it('writes the URL of a connection as .NET prints it: with a slash after a bare host', () => {
    assert.equal(read(CONNECTION).resources.connections[0]?.url, 'tcp://host:1234/');
  });

  it('finds secure files beside itself', () => {
    const { secureFiles } = read('secureFiles: { key.pem: certs/key.pem }\n').resources;
    assert.equal(secureFiles[0]?.path, '/pipelines/certs/key.pem');
  });

  it('refuses a secure file that is not there', () => {
    const { problems } = read('secureFiles: { key.pem: missing.pem }\n');
    assert.deepEqual(problems, ['r.yml:1:25: there is no file /pipelines/missing.pem']);
  });

  it('is read as JSON too', () => {
    const { resources } = read('{"predefined": {"Build.SourceBranch": "refs/tags/v1"}}');
    assert.equal(resources.predefined.get('Build.SourceBranch'), 'refs/tags/v1');
  });

  it('has its mistakes named with their place', () => {
    const { problems } = read(
      'extra: 1\nvariables: { a: "${env:NOPE}" }\nserviceConnections:\n  c: { type: x, url: "not a url", id: 7, color: red }\n  d: {}\n',
    );
    assert.deepEqual(
      problems.map((problem) => problem.replace(/; expected one of:.*/, '')),
      [
        'r.yml:1:1: unknown key "extra" in the resources file',
        'r.yml:2:17: the environment variable NOPE is not set (used as ${env:NOPE})',
        'r.yml:4:42: unknown key "color" in service connection "c"',
        'r.yml:4:39: expected the id of service connection "c" to be a GUID, found "7"',
        'r.yml:4:22: expected the url of service connection "c" to be a URL, found "not a url"',
        'r.yml:5:3: expected service connection "d" to have a "type"',
        'r.yml:5:3: expected service connection "d" to have a "url"',
      ],
    );
  });
});
