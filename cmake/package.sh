#!/bin/sh
# package.sh BUILD-FOLDER OUT-FOLDER [VERSION]: packs what was built there as a .deb, by debian/, and prints its path.
# The source tree is left as it is.
set -eu
source=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
work=$(mktemp -d "$out/packing-XXXXXX")
trap 'rm -rf "$work"' EXIT

cp -a "$source/debian" "$source/systemd" "$source/README.md" "$source/CMakeLists.txt" "$work"
cd "$work"
[ -z "${3:-}" ] || sed -i "1s/(.*)/($3)/" debian/changelog
export DEB_RULES_REQUIRES_ROOT=no TERTIUS_BUILD_FOLDER="$build"
dpkg-checkbuilddeps
debian/rules binary >packing.log 2>&1 || { cat packing.log >&2; exit 1; }
printf '%s\n' "$out/tertius_$(dpkg-parsechangelog -S Version)_$(dpkg --print-architecture).deb"
