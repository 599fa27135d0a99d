#pragma once
// The request to a connector as fields, and as the mail to be composed.

#include "mail/compose.hpp"
#include "templates/render.hpp"

namespace tertius::bench {

// The pitch stands in it so many times.
Fields request_fields(int pitches);

mail::Composition request_mail(templates::RenderedNotice rendered);

}  // namespace tertius::bench
