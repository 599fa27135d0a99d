#pragma once
// Where the tiers begin. For whoever shows the calculation; people are shown the tier alone.

#include "broker/ranking.hpp"

namespace tertius {

double least_score(Tier tier);

}  // namespace tertius
