import { rawCacheName } from '../../src/core/cache/raw-cache.ts';
import type { RegistryCache } from '../../src/core/cache/registry-cache.ts';
import { taggedReference } from '../../src/core/image/tags.ts';
import { formatPlatform } from '../../src/core/platform/platform.ts';
import { quoteCommand } from '../../src/core/text/shell-quote.ts';
import { table } from '../../src/core/text/table.ts';
import type { ChosenBuilder } from './choose-builder.ts';
import { secretRows, sourceRows } from './explain-request.ts';
import type { BuildPart, BuildPlan } from './planned-parts.ts';
import type { CheckedRequest } from './read-request.ts';

/** What will be built from what, for which platforms, where to. */
export function describePlan(
  { request, parts, images }: BuildPlan,
  { accounts }: Pick<CheckedRequest, 'accounts'>,
  builder: ChosenBuilder,
): readonly string[] {
  const nodes = builder.nodes.map(
    ({ endpoint, buildkitVersion }) => `${endpoint}, BuildKit ${buildkitVersion}`,
  );
  return table([
    ...plannedRows(images),
    ...ruleRows(request.image.rules),
    ['Platforms', builder.platforms.map(platformText).join(', ')],
    ['Builder', `${builder.name} (${nodes.join('; ')})`],
    ...sourceRows(request),
    ...secretRows(request),
    ...loginRows(accounts),
    ...mountRows(request),
    ...cacheRows(parts.flatMap(({ caches }) => caches)),
  ]);
}

/** Each reference; of a bake, with the target that is pushed as it, and the files that it writes. */
export function plannedRows(images: BuildPlan['images']): readonly (readonly string[])[] {
  return images.flatMap(({ target, references, written }) => {
    const names = references.map(taggedReference);
    if (target === undefined) return names.map((name, at) => [at === 0 ? 'Image' : '', name]);
    return [[`Target ${target}`, [...names, ...written].join(', ') || 'no tags']];
  });
}

/** Rules that make no tag in this run, with the reason: the tags themselves stand above. */
function ruleRows(rules: BuildPlan['request']['image']['rules']): readonly (readonly string[])[] {
  return rules.flatMap((rule) =>
    rule.kind === 'none' ? [['', `no tag from ${rule.line}: ${rule.why}`]] : [],
  );
}

/** The agent masks all parameters of a connection, and image names with them, which puzzles people. */
function loginRows(accounts: CheckedRequest['accounts']): readonly (readonly string[])[] {
  if (accounts.length === 0) return [];
  const names = accounts.map(({ registry }) => registry).join(', ');
  return [['Logins', `${names} (the agent prints a connection's registry and user name as stars)`]];
}

function mountRows({ cache }: BuildPlan['request']): readonly (readonly string[])[] {
  const ids = cache?.mounts.map(({ id }) => id) ?? [];
  return ids.length === 0 ? [] : [['Kept mounts', ids.join(', ')]];
}

function cacheRows(caches: BuildPart['caches']): readonly (readonly string[])[] {
  const texts = new Set(caches.flatMap(cacheTexts));
  return [...texts].map((text, at) => [at === 0 ? 'Cache' : '', text]);
}

function cacheTexts(cache: RegistryCache): readonly string[] {
  const { from, to, notWritten, isAfterPush, rawFrom, rawTo } = cache;
  const written = isAfterPush ? 'written after the push' : 'written';
  return [
    ...from.map((ref) => `${ref} (${ref === to ? `read and ${written}` : 'read'})`),
    ...rawFrom.map((raw) => `${rawCacheName(raw)} (read)`),
    ...rawTo.map((raw) => `${rawCacheName(raw)} (${written})`),
    ...(notWritten === undefined ? [] : [`not written: ${notWritten}`]),
  ];
}

/** The command as the user could paste it, with names in place of secret values. */
export function describeCommand(
  file: string,
  environment: Readonly<Record<string, string>>,
  { command }: BuildPart,
): string {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const secrets = Object.entries(command.shownEnv).map(([name, from]) => `${name}=<${from}>`);
  const folder = command.cwd === undefined ? [] : [`${quoteCommand('cd', [command.cwd])} &&`];
  return [...folder, ...settings, ...secrets, quoteCommand(file, command.args)].join(' ');
}

function platformText({ platform, isEmulated }: ChosenBuilder['platforms'][number]): string {
  const name = formatPlatform(platform);
  return isEmulated
    ? `${name} (emulated: RUN steps take several times as long)`
    : `${name} (native)`;
}
