import type { Platform } from './platform.ts';

/** For which platforms is built, and in how many builds. */
export interface PlatformRequest {
  /** Empty: the builder's own one. */
  readonly wanted: readonly Platform[];
  /** One build for all, or one for each; `auto`: for each where a cache is shared through a registry. */
  readonly strategy: 'auto' | 'single' | 'perPlatform';
}
