#pragma once
// Row ids, made by us (never by the database, so that both engines and several daemons agree): 63 bits, of
// which the upper 41 are milliseconds since 2020 and the lower 22 random. They sort by age and give nothing
// away that a token would need to keep.

#include <cstdint>
#include <functional>

namespace tertius {

enum class PersonId : std::int64_t {};
enum class IntroductionId : std::int64_t {};
enum class NoticeId : std::int64_t {};
enum class LetterId : std::int64_t {};

template <class Id>
constexpr std::int64_t number(Id id) {
  return static_cast<std::int64_t>(id);
}

// The seam that tests replace to get the same ids each run.
using IdSource = std::function<std::int64_t()>;

}  // namespace tertius
