/** Chance, as a port: tests choose it. */
export interface Chance {
  /** So many random hexadecimal digits. */
  hex(digits: number): string;
}
