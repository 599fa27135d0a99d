#pragma once
// Mails shown as their readers will see them: in light, in dark and as text. The HTML stands in a frame that
// runs no script, opens no window and leaves the page nowhere.

#include <string>
#include <vector>

#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::web {

void put_mail_frames(Fields& fields, const std::vector<PreviewMail>& mails);

// Lets the frames have the mails' own inline styles; the page around them has no markup of anybody's.
HttpResponse with_mail_frames(HttpResponse response);

// The mail as a reader with that setting shows it, whatever this browser is set to.
std::string in_light(std::string html);
std::string in_dark(std::string html);

}  // namespace tertius::web
