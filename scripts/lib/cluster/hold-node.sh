#!/bin/sh
# Holds the node of a test cluster: namespaces and cgroups of its own. It ends when its standard input ends, however
# the program at the other side died, and takes everything along that the node made on this machine.
# Arguments: the state folder, the name of the cgroups, the host's end of the cable, then those of prepare-node.sh.
set -u
folder=$1 name=$2 link=$3
shift 3
for hierarchy in cpu cpuacct cpuset memory devices freezer blkio pids systemd; do
  [ -d "/sys/fs/cgroup/$hierarchy" ] || continue
  group=/sys/fs/cgroup/$hierarchy/$name
  mkdir -p "$group"
  [ "$hierarchy" = cpuset ] || continue
  cat /sys/fs/cgroup/cpuset/cpuset.cpus >"$group/cpuset.cpus"
  cat /sys/fs/cgroup/cpuset/cpuset.mems >"$group/cpuset.mems"
  echo 1 >"$group/cgroup.clone_children"
done

# The kernel ends all processes of the node with the first one of its process namespace.
setpriv --pdeathsig KILL -- unshare --net --mount --pid --ipc --uts --mount-proc --fork --kill-child=KILL -- \
  sh "$(dirname "$0")/prepare-node.sh" "$folder" "$@" </dev/null &
holder=$!

cat >/dev/null

# unshare ends after its child, and the child after every process of its namespace.
kill -KILL $(cat "/proc/$holder/task/$holder/children") 2>/dev/null
wait "$holder"
ip link delete "$link" 2>/dev/null # the kernel would do it a little later
find /sys/fs/cgroup/*/"$name" -depth -type d -exec rmdir {} + 2>/dev/null
rm -rf "$folder"
