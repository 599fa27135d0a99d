#pragma once
// Result<T>: a value, or a failure the caller can act on (configuration, parsing, rendering).
// An answer that is merely unwelcome (bounced, already answered) is not a failure but a value of its own
// type; a broken world (database gone, disk full) is thrown.

#include <boost/outcome/basic_result.hpp>
#include <string>
#include <variant>

namespace tertius {

struct Failure {
  std::string what;  // one sentence, for the log and for stderr
  std::string hint;  // what the operator or sender can do about it; may be empty
};

template <class T>
using Result = boost::outcome_v2::basic_result<T, Failure, boost::outcome_v2::policy::all_narrow>;

using Done = Result<std::monostate>;

}  // namespace tertius
