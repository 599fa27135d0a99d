#pragma once
// Mails as their recipients will read them, before they go. Their links carry tokens that verify nowhere: a
// preview must not hand the connector the target's buttons.

#include <optional>

#include "web/desk.hpp"

namespace tertius::web {

// What goes out to the other side if this decision takes effect; none where nothing does.
std::optional<PreviewMail> preview_of_decision(const Desk& desk, const Introduction& introduction,
                                               const Cast& cast, const Decision& decision);

// The same links with a key of nobody's.
Links masked(const Links& links);

}  // namespace tertius::web
