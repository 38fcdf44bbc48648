import { type FakeRunner, fakeRunner } from './fake-runner.ts';

interface FakeNode {
  readonly Name: string;
  readonly Endpoint: string;
  readonly Platforms: readonly string[];
  readonly DriverOpts: Readonly<Record<string, string>>;
}

/** Stands for buildx and its store of one builder, as far as attaching goes. */
export function fakeBuildx(reaches: (endpoint: string) => boolean = () => true): FakeRunner {
  let name = '';
  let nodes: FakeNode[] = [];
  return fakeRunner(({ args }) => {
    const [verb] = args;
    if (verb === 'version') return { stdout: 'github.com/docker/buildx v0.36.1 abc' };
    if (verb === 'rm') nodes = [];
    if (verb === 'create') {
      name = valueOf('--name', args);
      nodes = [...nodes, nodeOf(args)];
    }
    if (verb !== 'ls' || nodes.length === 0) return {};
    const listed = nodes.map((node) => ({
      ...node,
      Status: reaches(node.Endpoint) ? 'running' : 'inactive',
      Version: 'v0.32.2',
    }));
    return { stdout: JSON.stringify({ Name: name, Driver: 'remote', Nodes: listed }) };
  });
}

function nodeOf(args: readonly string[]): FakeNode {
  const options = args.flatMap((arg, at) => (args[at - 1] === '--driver-opt' ? [arg] : []));
  const platforms = valueOf('--platform', args);
  return {
    Name: valueOf('--node', args),
    Endpoint: args.at(-1) ?? '',
    Platforms: platforms === '' ? ['linux/amd64'] : platforms.split(','),
    DriverOpts: Object.fromEntries(options.map((option) => option.split('=') as [string, string])),
  };
}

function valueOf(option: string, args: readonly string[]): string {
  const at = args.indexOf(option);
  return at < 0 ? '' : (args[at + 1] ?? '');
}
