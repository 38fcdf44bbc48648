#!/bin/sh
# `helm test`: each pool's first daemon builds for every platform and pushes, builds again from its cache, and runs what
# was pushed, through the clients' certificate. Every line begins with what it is about.
set -eu
started=$(date +%s)
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
cp "$PROGRAMS"/amd64 "$PROGRAMS"/arm64 "$context"
chmod 755 "$context"/*
# shellcheck disable=SC2016 # BuildKit fills TARGETARCH in
printf 'FROM scratch\nARG TARGETARCH\nCOPY ${TARGETARCH} /program\nRUN ["/program"]\nCMD ["/program"]\n' >"$context/Dockerfile"
fail() { echo "FAILED: $1" >&2; exit 1; }
[ -n "$REPOSITORY" ] && output="type=image,name=$REPOSITORY:$TAG,push=true" || output=type=image,push=false
build() { # daemon, frontend's options ...
  daemon=$1
  shift
  set -- build --progress plain --frontend dockerfile.v0 --opt "platform=$PLATFORMS" "$@"
  if [ -e "$CERTIFICATES/tls.crt" ]; then set -- --tlsdir "$CERTIFICATES" "$@"; fi
  buildctl --addr "tcp://$daemon" "$@" >"$context.log" 2>&1 || { cat "$context.log"; return 1; }
}
for daemon in $DAEMONS; do
  build "$daemon" --no-cache --local "context=$context" --local "dockerfile=$context" --output "$output" || fail "$daemon does not build"
  echo "$daemon: built for $PLATFORMS${REPOSITORY:+ and pushed $REPOSITORY:$TAG}"
  build "$daemon" --local "context=$context" --local "dockerfile=$context" --output "$output" || fail "$daemon does not build again"
  ran=$(grep -c '^#[0-9]* .*runs a' "$context.log" || true)
  [ "$ran" -eq 0 ] || fail "$daemon ran $ran steps again instead of taking them from its cache"
  echo "$daemon: built again from its cache"
  [ -n "$REPOSITORY" ] || { echo "$daemon: nothing was pushed: there is no localRegistry and no test.repository"; continue; }
  printf 'FROM %s\nRUN ["/program"]\n' "$REPOSITORY:$TAG" >"$context/pulled"
  build "$daemon" --no-cache --opt image-resolve-mode=pull --opt filename=pulled --local "context=$context" --local "dockerfile=$context" || fail "$daemon does not pull what it pushed"
  for platform in $(echo "$PLATFORMS" | tr ',' ' '); do
    grep -q "runs ${platform#linux/}" "$context.log" || { cat "$context.log"; fail "the pulled image does not run for $platform"; }
  done
  echo "$daemon: pulled and ran it"
done
echo "all daemons passed in $(($(date +%s) - started)) s"
