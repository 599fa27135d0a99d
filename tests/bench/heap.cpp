#include "tests/bench/heap.hpp"

#include <malloc.h>

#include <algorithm>
#include <cerrno>

// glibc's own, under the names that it keeps for those who replace the public ones.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);
}
// NOLINTEND(bugprone-reserved-identifier)

namespace tertius::bench {
namespace {

// The program has one thread.
std::size_t held = 0, peak = 0, base = 0;

void* taken(void* block) {
  held += malloc_usable_size(block);
  peak = std::max(peak, held);
  return block;
}
void* given(void* block) {
  held -= malloc_usable_size(block);
  return block;
}

}  // namespace

void start_heap_peak() { base = peak = held; }
std::size_t heap_peak() { return peak - base; }

}  // namespace tertius::bench

extern "C" {
using tertius::bench::given, tertius::bench::taken;
void* malloc(std::size_t size) { return taken(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) { return taken(__libc_calloc(count, size)); }
// While it moves a block both stand in memory, but glibc's large blocks move by page tables.
void* realloc(void* block, std::size_t size) { return taken(__libc_realloc(given(block), size)); }
void* memalign(std::size_t alignment, std::size_t size) { return taken(__libc_memalign(alignment, size)); }
void* aligned_alloc(std::size_t alignment, std::size_t size) { return memalign(alignment, size); }
int posix_memalign(void** out, std::size_t alignment, std::size_t size) {
  *out = memalign(alignment, size);
  return *out == nullptr ? ENOMEM : 0;
}
void free(void* block) { __libc_free(given(block)); }
}
