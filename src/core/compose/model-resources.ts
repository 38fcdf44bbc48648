export interface NamedVolume {
  readonly name: string;
  /** The very name on the host, when the file gives one. */
  readonly hostName?: string;
  /** Exists before the job and after it: never created, never removed. */
  readonly isExternal: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** `type`, `o`, `device` of the local driver. */
  readonly options: Readonly<Record<string, string>>;
}

export interface ProjectNetwork {
  readonly name: string;
  readonly hostName?: string;
  readonly isExternal: boolean;
  readonly isInternal: boolean;
  readonly hasIpv6: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly subnets: readonly Subnet[];
}

export interface Subnet {
  readonly subnet?: string;
  readonly ipRange?: string;
  readonly gateway?: string;
}
