#!/bin/sh
# Ready: programs of the other architectures run here, in a container that has no QEMU of its own to offer the kernel.
set -u
own() { case $(uname -m) in x86_64) echo amd64 ;; aarch64) echo arm64 ;; *) echo arm ;; esac; }
for architecture in $ARCHITECTURES; do
  [ "$architecture" = "$(own)" ] && continue
  said=$("$(dirname "$0")/$architecture" 2>&1)
  [ "$said" = "runs $architecture" ] || { echo "programs of $architecture do not run on this node: $said" >&2; exit 1; }
done
