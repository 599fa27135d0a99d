#pragma once
// Every notice with sample words, worded on the same road as a real one: for `tertius preview`, and for the
// tests that look at all mails. The templates are loaded. The people are of `tertius try`.

#include <span>
#include <string>

#include "daemon/engine.hpp"

namespace tertius::daemon {

// A community where no configuration names one. Clock and ids stand still, so that a preview is the same
// each time; the key is not one that a daemon has, so that its links open nothing.
EngineSettings sample_settings();

// Whether the connector knows both, or is one of two who pass it on.
enum class SampleWay { direct, first_of_two, second_of_two };

// Whom a notice may go to; the first is shown where nobody says which. Not empty.
std::span<const Role> notice_recipients(NoticeKind kind);

// `to` is one of notice_recipients(kind).
storage::OutboxRow sample_notice(const EngineSettings& settings, NoticeKind kind, Role to,
                                 const std::string& language, SampleWay way = SampleWay::direct);

}  // namespace tertius::daemon
