#pragma once
// What the heap holds, by whoever allocates: our own code, libxml2, mimetic, the standard library. Linking
// this file replaces malloc and its kin in the whole program.

#include <cstddef>

namespace tertius::bench {

void start_heap_peak();   // from what is held now
std::size_t heap_peak();  // the most octets held since then, beyond what was

}  // namespace tertius::bench
