#pragma once
// Which parts of a letter are what a person reads, and which are attachments: the rules of RFC 8621 4.1.4, as
// mail clients show it. Pure.

#include <vector>

#include "mail/mime_parts.hpp"

namespace tertius::mail {

struct BodyParts {
  std::vector<const Part*>
      text;  // shown to a reader of plain text, in order; HTML too where no alternative is offered
  std::vector<const Part*> html;  // the same for a reader of HTML
  std::vector<const Part*> attachments;
};

BodyParts sort_parts(const Part& root);

}  // namespace tertius::mail
