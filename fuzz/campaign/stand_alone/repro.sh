#!/bin/bash
# Plays this finding again without tollgate: it needs bash, perl-base (essential in every Debian: bash itself cannot listen) and the
# files of this folder.
#   ./repro.sh                     launches the server as it was launched then, where it was
#   ./repro.sh 127.0.0.1:5060      plays against a server that runs there
#   --times N                      so many times, once otherwise
#   --charging 127.0.0.1:3868      where that server finds its Charging Enabler, which is played too
# A password that the server asks for stands in $PASSWORD. Ends with 1: reproduced, 0: not reproduced, 125: it cannot be told, as
# `git bisect run` wants it.
set -u
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) || exit 125
times=1 address='' charging=''
while (($#)); do
  case $1 in
    --times) times=${2:?--times takes a number}; shift 2 ;;
    --charging) charging=${2:?--charging takes an address}; shift 2 ;;
    -*) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 125 ;;
    *) address=$1; shift ;;
  esac
done
log=$(mktemp) || exit 125
trap 'rm -f "$log"' EXIT
seen=0
for ((i = 1; i <= times; ++i)); do
  perl "$folder/player.pl" "$folder" "$log" "$address" "$charging"
  case $? in
    1) ((++seen)) ;;
    0) ;;
    *) exit 125 ;;
  esac
done
echo "reproduced $seen/$times"
((seen == 0))
