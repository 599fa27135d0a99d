#pragma once
// What this process has used so far, all its threads together.

#include <cstddef>

namespace tertius::bench {

struct Usage {
  double seconds = 0;  // on the wall
  double cpu = 0;
  friend Usage operator-(const Usage& a, const Usage& b) { return {a.seconds - b.seconds, a.cpu - b.cpu}; }
};
Usage usage();

std::size_t resident_bytes();

}  // namespace tertius::bench
