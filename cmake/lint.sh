#!/bin/sh
# Formatting, layers, sizes, clang-tidy. Prints what is wrong; exits 1 if anything is.
set -u
cd "$(dirname "$0")/.."
bad=0
complain() { printf '%s\n' "$*"; bad=1; }

sources=$(git ls-files '*.cpp' '*.hpp')
product=$(git ls-files 'broker/*.?pp' 'mail/*.?pp' 'templates/*.?pp' 'storage/*.?pp' 'contacts/*.?pp' 'web/*.?pp' 'daemon/*.?pp')

# shellcheck disable=SC2086
clang-format --dry-run -Werror $sources || bad=1

# The compiler enforces who may include whom; a path that climbs out of its folder would get round it.
if grep -nE '#include "\.\./' $sources; then complain "includes that climb out of their folder"; fi
# Libraries that are somebody's own affair stand in no header.
if grep -nE '#include <(mimetic|curl|sqlite3|libpq|libxml|ctemplate|iconv|idn2|sodium)' $(git ls-files '*.hpp'); then
  complain "library headers in our headers"
fi
if grep -lE '#include <boost/(asio|beast)' $(git ls-files 'broker/*' 'mail/*' 'templates/*' 'storage/*' 'contacts/*' 'web/*'); then
  complain "Asio outside daemon/"
fi
for file in $product; do
  lines=$(wc -l < "$file")
  [ "$lines" -le 350 ] || complain "$file has $lines lines (350 at most)"
done

# Whoever asks what it is made of reads the README.
for package in $(sed -n '/^build_packages="/,/"$/p' run | sed 's/^build_packages=//' | tr -d '"'); do
  grep -q "\`$package\`" README.md || complain "README.md does not name $package, which the build wants"
done

# The benches are built by nothing else, and would miss what is renamed.
cmake -S . -B build-lint -G Ninja -DCMAKE_BUILD_TYPE=Debug -DTERTIUS_BENCH=ON >/dev/null
ninja -C build-lint embedded/templates.cpp embedded/storage.cpp >/dev/null
printf '%s\n' $product $(git ls-files 'tests/bench/*.cpp') | grep 'cpp$' | xargs -P "$(nproc)" -n 4 clang-tidy -p build-lint --quiet 2>/dev/null | grep -E 'warning:|error:' && bad=1
exit $bad
