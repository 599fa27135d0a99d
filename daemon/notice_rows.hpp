#pragma once
// Outbox rows with their words filled in, apart from the database: the engine posts them, and `tertius
// preview` shows them.

#include <vector>

#include "daemon/connectors.hpp"
#include "daemon/engine.hpp"

namespace tertius::daemon {

// Who of the cast has this role.
const Person& person_of(const Cast& cast, Role role);

// What step() ordered. The recipient has an address.
storage::OutboxRow notice_row(const EngineSettings& settings, const NoticeOrder& order,
                              const Introduction& introduction, const Cast& cast);

// Every value that a template may show is there; those of an introduction are empty, links above all.
storage::OutboxRow answer_row(const EngineSettings& settings, const Answer& answer);

// The section CONNECTORS: the people R may ask, each with the link that asks them.
std::vector<Fields> choice_fields(const EngineSettings& settings, const Introduction& introduction,
                                  const std::vector<FoundConnector>& connectors, const Sentences& sentences);

}  // namespace tertius::daemon
