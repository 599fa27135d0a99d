#pragma once
// Mail readers drop style sheets (Gmail when it forwards, Outlook in part), so each element of a mail carries
// its own style. notices/mail.css is the one place where it is written; this puts it in, once, at load. Pure.

#include <map>
#include <string>
#include <string_view>

#include "broker/result.hpp"

namespace tertius::templates {

using MailStyle = std::map<std::string, std::string, std::less<>>;  // class -> declarations

// Rules `.name { declarations }` and comments, nothing else.
Result<MailStyle> make_mail_style(std::string_view css);

// class="a b" -> class="a b" style="...": the class stays, for the frame's dark mode. Fails on a class
// without a rule.
Result<std::string> with_inline_style(std::string_view html, const MailStyle& style);

}  // namespace tertius::templates
