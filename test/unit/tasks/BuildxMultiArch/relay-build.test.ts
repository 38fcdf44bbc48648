import assert from 'node:assert/strict';
import { RelayedBuild } from '../../../../tasks/BuildxMultiArch/relay-build.ts';
import { RelayedPart } from '../../../../tasks/BuildxMultiArch/relay-part.ts';
import { type BuildPorts, buildPorts } from '../../../support/build-ports.ts';
import { fixture } from '../../../support/replay-build.ts';

const started = '2026-01-01T00:00:00Z';

const relayed = (ports: BuildPorts, ...events: readonly object[]): RelayedBuild => {
  const build = new RelayedBuild(
    { targets: [], dockerfiles: [{ path: '/w/1/s/Dockerfile' }] },
    ports,
  );
  const part = new RelayedPart(build);
  events.forEach((event) => {
    part.accept(JSON.stringify(event));
  });
  return build;
};

/** True from the given call on. */
const after = (calls: number): (() => boolean) => {
  let asked = 0;
  return () => ++asked > calls;
};

describe('a build that prints nothing', () => {
  it('is said to be alive, and busy with what', async () => {
    const ports = buildPorts();
    const build = relayed(
      ports,
      { vertexes: [{ digest: 'a', name: 'exporting to image', started }] },
      { vertexes: [{ digest: 'b', name: '[2/2] RUN sleep 60', started }] },
      { statuses: [{ id: 'pushing layers', vertex: 'a', started }] },
    );
    await build.watchQuiet(after(2));
    const [line, ...more] = ports.host.lines.filter((each) => each.startsWith('...'));
    assert.equal(
      line,
      '... nothing new for 10.0 s; still at #1 pushing layers; #2 [2/2] RUN sleep 60',
    );
    assert.deepEqual(more, []);
  });

  it('is not spoken of when it has ended or is cancelled meanwhile', async () => {
    const ports = buildPorts();
    await relayed(ports).watchQuiet(after(1));
    ports.cancel();
    await relayed(ports).watchQuiet(() => false);
    assert.deepEqual(ports.host.lines, []);
  });

  it('names what a vertex is busy with only until that is done', async () => {
    const ports = buildPorts();
    const status = { id: 'pushing layers', vertex: 'a', started };
    const build = relayed(
      ports,
      { vertexes: [{ digest: 'a', name: 'exporting to image', started }] },
      { statuses: [status] },
      { statuses: [{ ...status, completed: started }] },
    );
    await build.watchQuiet(after(2));
    assert.match(ports.host.lines.at(-1) ?? '', /still at #1 exporting to image$/);
  });
});

describe('a build that is relayed', () => {
  const play = (name: string): BuildPorts => {
    const ports = buildPorts();
    const part = new RelayedPart(relayed(ports));
    fixture(`${name}.rawjson`)
      .split('\n')
      .forEach((line) => {
        part.accept(line);
      });
    return ports;
  };

  it('has a percentage that only grows', () => {
    const percents = play('two-platforms').host.lines.flatMap((line) =>
      line.startsWith('##[debug]progress') ? [Number(line.split(' ')[1])] : [],
    );
    assert.ok(percents.length > 3);
    assert.deepEqual(
      percents,
      [...new Set(percents)].sort((a, b) => a - b),
    );
  });

  it('shows the part of the Dockerfile that failed, and leaves the error for the end', () => {
    const { lines } = play('failing-step').host;
    assert.ok(lines.includes('   5 | >>> RUN echo start && \\'));
    assert.ok(!lines.some((line) => line.startsWith('ERROR:')));
  });
});
