import type { Problem } from '../errors.ts';
import { type Parsed, parsed, problemsOf, rejected } from '../parsed.ts';
import { type EndpointLine, parseEndpointLine } from './endpoint-line.ts';

/** Where addresses may come from, as lines of text. */
export interface EndpointTexts {
  /** The input `endpoints`. */
  readonly input: readonly string[];
  /** The addresses of `buildkitConnection`. */
  readonly connection: readonly string[];
  /** The agent's BUILDKIT_HOST, for when there is nothing else. */
  readonly buildkitHost: string | undefined;
}

/** All addresses, the input's first; at least one. Every problem of every line at once. */
export function parseEndpointLines(texts: EndpointTexts): Parsed<readonly EndpointLine[]> {
  const { input, connection, buildkitHost } = texts;
  if (input.length + connection.length === 0) return parseBuildkitHost(buildkitHost);
  const results = [
    ...input.map((line) => parseEndpointLine('endpoints', line)),
    ...connection.map((line) => parseEndpointLine('buildkitConnection', line)),
  ];
  const problems = problemsOf(results);
  if (problems.length > 0) return rejected(...problems);
  return parsed(results.flatMap((result) => (result.ok ? [result.value] : [])));
}

function parseBuildkitHost(buildkitHost: string | undefined): Parsed<readonly EndpointLine[]> {
  if (buildkitHost === undefined || buildkitHost.trim() === '') {
    return rejected({
      where: 'endpoints',
      what: 'Expected an address such as tcp://host:port or unix:///path, found nothing, and the agent has no BUILDKIT_HOST either.',
      change: 'Give the address of your BuildKit daemon, or a buildkitConnection.',
    });
  }
  const given = parseEndpointLine('endpoints', buildkitHost);
  return given.ok ? parsed([given.value]) : rejected(...given.problems.map(blameAgent));
}

function blameAgent(problem: Problem): Problem {
  const origin = "The agent's BUILDKIT_HOST was used, as this input is empty.";
  return { ...problem, what: `${origin} ${problem.what}` };
}
