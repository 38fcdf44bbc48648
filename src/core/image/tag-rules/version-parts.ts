import { clean, explain, valid as isPep440 } from '@renovatebot/pep440';
import parseSemver from 'semver/functions/parse.js';

/** What a pattern of semver and pep440 may name. */
export const versionNames = ['raw', 'version', 'major', 'minor', 'patch'];

/** A version, taken apart. */
export interface VersionParts {
  readonly raw: string;
  /** Without a `v` in front; with the pre-release, without build metadata. */
  readonly version: string;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Pre-, post- or development release: it may move, so `1.2` must not. */
  readonly isUnstable: boolean;
}

/** By semver.org, with or without a `v` in front; undefined when it is none. */
export function semverParts(raw: string): VersionParts | undefined {
  const found = parseSemver(raw);
  if (found === null) return undefined;
  const { version, major, minor, patch, prerelease } = found;
  return { raw, version, major, minor, patch, isUnstable: prerelease.length > 0 };
}

/** By PEP 440 (packaging.python.org, version specifiers); undefined when it is none. */
export function pep440Parts(raw: string): VersionParts | undefined {
  const found = isPep440(raw) === null ? null : explain(raw);
  if (found === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = found.release;
  const isUnstable = found.is_prerelease || found.is_postrelease || found.is_devrelease;
  return { raw, version: clean(raw) ?? raw, major, minor, patch, isUnstable };
}
