#pragma once
// Meeting of two sorted arrays. Where one is much longer, by doubling steps: a hub of 20,000 ties against a
// person of ten costs ten short searches instead of 20,000 steps.

#include <algorithm>
#include <cstddef>
#include <span>

namespace tertius {

// The first place at or behind `begin` that is not below `value`.
template <class T>
const T* gallop(const T* begin, const T* end, T value) {
  std::ptrdiff_t step = 1;
  while (step < end - begin && begin[step] < value) step *= 2;
  return std::lower_bound(begin + step / 2, begin + std::min(step + 1, end - begin), value);
}

// Calls visit(i, j) for each a[i] == b[j], in order, until it returns false. Both rise strictly.
template <class T, class Visit>
void visit_common(std::span<const T> a, std::span<const T> b, Visit visit) {
  // Below this ratio a step each is cheaper than the branches of galloping (measured on degrees of 10 to
  // 2,000).
  constexpr std::size_t much_longer = 16;
  const std::size_t few = std::min(a.size(), b.size()), many = std::max(a.size(), b.size());
  const T *i = a.data(), *j = b.data();
  const T *const i_end = i + a.size(), *const j_end = j + b.size();
  const bool gallops = many / much_longer > few;
  while (i != i_end && j != j_end) {
    if (*i < *j) {
      i = gallops && b.size() == few ? gallop(i, i_end, *j) : i + 1;
    } else if (*j < *i) {
      j = gallops && a.size() == few ? gallop(j, j_end, *i) : j + 1;
    } else {
      if (!visit(static_cast<std::size_t>(i - a.data()), static_cast<std::size_t>(j - b.data()))) return;
      ++i, ++j;
    }
  }
}

}  // namespace tertius
