import type { StatusUpdate } from './rawjson.ts';

/** The parts of the work of each vertex, such as `pushing layers`, each as last told. */
export class Statuses {
  readonly #byVertex = new Map<string, Map<string, StatusUpdate>>();
  readonly #open = new Map<string, StatusUpdate>();

  accept(status: StatusUpdate): void {
    const { vertex, id, started, completed } = status;
    const parts = this.#byVertex.get(vertex) ?? new Map<string, StatusUpdate>();
    // The same part may be worked at again, e.g. for the next tag.
    this.#byVertex.set(vertex, parts.set(`${id} ${started ?? ''}`, status));
    if (completed === undefined) this.#open.set(vertex, status);
    else if (this.#open.get(vertex)?.id === id) this.#open.delete(vertex);
  }

  /** Of all vertices whose digests begin so, before a build is tried again. */
  forget(prefix: string): void {
    for (const vertices of [this.#byVertex, this.#open])
      for (const vertex of [...vertices.keys()])
        if (vertex.startsWith(prefix)) vertices.delete(vertex);
  }

  of(vertex: string): readonly StatusUpdate[] {
    return [...(this.#byVertex.get(vertex)?.values() ?? [])];
  }

  /** What a running vertex is busy with. */
  openOf(vertex: string): StatusUpdate | undefined {
    return this.#open.get(vertex);
  }
}
