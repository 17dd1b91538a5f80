#!/bin/bash
# Plays this finding again without tollgate: it needs bash, perl-base (essential in every Debian: bash itself cannot listen) and the
# files of this folder.
#   ./repro.sh                     launches the server as it was launched then, where it was
#   ./repro.sh 127.0.0.1:5060      plays against a server that runs there
#   --times N                      so many times, once otherwise
#   --charging 127.0.0.1:3868      where that server finds its Charging Enabler, which is played too
# A password that the server asks for stands in $PASSWORD. What was secret when it was launched is not in these files: it has to stand in
# the environment again, by the same name. Ends with 1: reproduced, 0: not reproduced, 125: it cannot be told, as `git bisect run`
# wants it.
set -u
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) || exit 125
times=1 address='' charging=''
cannot_tell() { echo "cannot tell: $1" >&2; exit 125; }
usage() {
  sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
  local secrets
  secrets=$(sed -n 's/^secret //p' "$folder/steps.txt")
  [[ -z $secrets ]] || echo "This one was launched with what now has to stand in:" "${secrets//$'\n'/ }"
  exit 125
}
while (($#)); do
  case $1 in
    --times)
      [[ ${2-} =~ ^[1-9][0-9]{0,5}$ ]] || cannot_tell "--times takes a number from 1 on, not '${2-}'"
      times=$2; shift 2 ;;
    --charging)
      [[ ${2-} =~ :[0-9]+$ ]] || cannot_tell "--charging takes an address and a port, like 127.0.0.1:3868, not '${2-}'"
      charging=$2; shift 2 ;;
    -*) usage ;;
    *)
      [[ $1 =~ :[0-9]+$ ]] || cannot_tell "an address and a port are expected, like 127.0.0.1:5060, not '$1'"
      address=$1; shift ;;
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
