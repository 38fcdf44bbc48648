#!/bin/sh
# Keeps QEMU registered with the node's kernel for programs of other architectures. Flag F: the kernel opens QEMU here and
# now, so that containers without QEMU have it, too. Looks again and again: a reboot, and others, remove registrations.
set -u
binfmt=${BINFMT_FOLDER:-/proc/sys/fs/binfmt_misc}
host=${HOST_ROOT:-/proc/1/root}
own() { case $(uname -m) in x86_64) echo amd64 ;; aarch64) echo arm64 ;; *) echo arm ;; esac; }
machine() { case $1 in amd64) echo x86_64 ;; arm64) echo aarch64 ;; *) echo "$1" ;; esac; }
# The first 20 bytes of an executable (elf(5)): class, byte order, version, type (program or library) and machine.
magic() {
  case $1 in
    amd64) class=02 machine=3e ;;
    arm64) class=02 machine=b7 ;;
    arm) class=01 machine=28 ;;
  esac
  printf '%s' "\\x7fELF\\x$class\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x02\\x00\\x$machine\\x00"
}
mask='\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff'
emulator() {
  for name in "qemu-$1" "qemu-$1-static" "buildkit-qemu-$1"; do
    [ ! -x "$QEMU_FOLDER/$name" ] || { echo "$QEMU_FOLDER/$name"; return; }
  done
  echo "$QEMU_FOLDER has no static qemu-$1: give an image that has it" >&2
  return 1
}
register() {
  name=$HANDLER_PREFIX$(machine "$1")
  case $(head -n 1 "$binfmt/$name" 2>/dev/null) in enabled) return 0 ;; esac
  [ ! -e "$binfmt/$name" ] || echo -1 >"$binfmt/$name"
  qemu=$(emulator "$(machine "$1")") || return 1
  printf '%s' ":$name:M::$(magic "$1"):$mask:$qemu:CF" >"$binfmt/register" && echo "registered $name: $qemu"
}
unregister() {
  for handler in "$binfmt/$HANDLER_PREFIX"*; do
    [ ! -e "$handler" ] || echo -1 >"$handler"
  done
  exit 0
}
trap unregister TERM INT
while true; do
  # Some nodes mount binfmt_misc when somebody first looks, and would lose what was registered before.
  cat "$host/proc/sys/fs/binfmt_misc/status" >/dev/null 2>&1
  [ -e "$binfmt/register" ] || mount -t binfmt_misc binfmt_misc "$binfmt"
  for architecture in $ARCHITECTURES; do
    [ "$architecture" = "$(own)" ] || register "$architecture"
  done
  sleep "$INTERVAL" &
  wait $!
done
