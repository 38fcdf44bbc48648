/** A network that Podman's DNS server still serves, at an address that another one has now. */
export interface StrayNetwork {
  readonly name: string;
  readonly address: string;
}

/**
 * Networks that hide the names of our own. The server reads one file for each network, named after it; the first line begins with
 * the addresses it listens on (aardvark-dns, `src/config/mod.rs`). Podman gives no address to two networks, so the other one is gone,
 * its file stayed when Podman was killed, and of the two the server may answer for that one.
 * @param files texts by name
 */
export function strayNetworks(
  files: ReadonlyMap<string, string>,
  own: readonly string[],
): readonly StrayNetwork[] {
  const addresses = new Set<string>();
  const others: StrayNetwork[] = [];
  for (const [file, text] of files) {
    const name = file.replace(/%int$/, '');
    for (const address of listening(text)) {
      if (own.includes(name)) addresses.add(address);
      else others.push({ name: file, address });
    }
  }
  return others.filter(({ address }) => addresses.has(address));
}

/** Later versions add the servers to ask in turn, after a space. */
function listening(text: string): readonly string[] {
  const [first = ''] = text.split('\n');
  const [addresses = ''] = first.split(' ');
  return addresses.split(',').filter(Boolean);
}
