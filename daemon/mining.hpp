#pragma once
// A member's own mail -> how close they are to whom: each stored letter's header is read and counted.

#include <filesystem>
#include <functional>
#include <vector>

#include "broker/result.hpp"
#include "contacts/interactions.hpp"

namespace tertius::daemon {

struct Mining {
  std::size_t files = 0, letters = 0;
  std::size_t no_mail = 0;          // files that hold none
  std::size_t undated = 0;          // letters without a date that can be read
  std::vector<Failure> unreadable;  // files, passed over
};

// `told` is called after each file with what was done so far and how many files there are.
Result<Mining> mine_mail(const std::vector<std::filesystem::path>& paths,
                         contacts::Interactions& interactions,
                         const std::function<void(const Mining&, std::size_t files)>& told);

}  // namespace tertius::daemon
