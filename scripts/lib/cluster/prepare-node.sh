#!/bin/sh
# Makes the inside of a cluster's node: what the machine has, with places of its own for what the node writes.
# Arguments: the state folder, the folder of the program "kubernetes", the folder of Debian's packages.
set -eu
mount --make-rshared /
mount -t tmpfs tmpfs /run
mkdir -p /run/lock /run/cluster /run/kubernetes /run/debian /run/sysctl
mount --bind "$1" /run/cluster
mount --bind "$2" /run/kubernetes
mount --bind "$3" /run/debian
for place in /var/lib /var/log /tmp; do mount -t tmpfs tmpfs "$place"; done
mkdir -p /tmp/hostpath_pv
mount --bind /run/cluster/volumes /tmp/hostpath_pv # where the controller manager makes volumes

# kubelet sets these, and they are the machine's: it finds them set as it wants them.
for setting in vm/overcommit_memory=1 kernel/panic=10 kernel/panic_on_oops=1; do
  file=/run/sysctl/${setting##*/}
  echo "${setting#*=}" >"$file"
  mount --bind "$file" "/proc/sys/${setting%=*}"
done
# containerd pulls from registries by their names in the cluster.
mount --bind /run/cluster/resolv.conf /etc/resolv.conf
hostname node0
ip link set lo up
exec catatonit -- sleep infinity
