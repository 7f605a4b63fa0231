#!/bin/sh
# Runs a command on a private loopback network, with a private /run and a temporary folder in it, so that pcscd, its readers'
# ports, every server and every file of the tests are this run's own, whatever else the machine is doing. An ordinary user gets it by a user
# namespace. Where neither is allowed, the command runs as it is and the readers are the machine's.
# quickack: vpcd writes length and body apart, and a delayed acknowledgement would cost 40 ms on every APDU.
set -u
inside='
mount -t tmpfs tmpfs /run && mkdir -p /run/pcscd && mkdir -m 1777 /run/tmp || exit 97
TMPDIR=/run/tmp; export TMPDIR
PATH="$PATH:/usr/sbin:/sbin"
ip link set lo up || exit 97
ip route change table local local 127.0.0.1 dev lo proto kernel scope host src 127.0.0.1 quickack 1
ip route change table local local 127.0.0.0/8 dev lo proto kernel scope host src 127.0.0.1 quickack 1
WARDKEY_PRIVATE_MACHINE=1; export WARDKEY_PRIVATE_MACHINE
exec "$@"
'
namespaces="-mn --propagation private --pid --fork --mount-proc --kill-child"
[ "$(id -u)" = 0 ] || namespaces="-Ur $namespaces"
# shellcheck disable=SC2086
if unshare $namespaces sh -c 'mount -t tmpfs tmpfs /run' 2>/dev/null; then
  exec unshare $namespaces sh -c "$inside" private-machine "$@"
fi
unset WARDKEY_PRIVATE_MACHINE
echo "wardkey: no namespaces are allowed here; using the machine's own PC/SC service" >&2
exec "$@"
