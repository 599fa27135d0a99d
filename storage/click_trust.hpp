#pragma once
// What becomes of an answer teaches what its browser is, and what the person's mailbox is. Callers hold the
// transaction of the step.

#include "broker/step.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

// The held answer has taken effect: the browser it came from is known from now on. It never will: that
// browser is forgotten. Two answers contradict each other: something opens this person's links, and a click
// of theirs needs a known browser or a press from now on.
void learn_from(Database& db, const Introduction& before, const Step& step);

}  // namespace tertius::storage
