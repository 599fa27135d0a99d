#pragma once
// What a reply means. The cost is asymmetric: a missed forward costs a click, a false forward a relationship.
// A reply that is not clear is never read as forward or accept.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/introduction.hpp"
#include "broker/reply_text.hpp"
#include "broker/time.hpp"

namespace tertius {

enum class MeaningKind { forward, decline, revise, redirect, later, stop, accept, unclear };

struct Meaning {
  MeaningKind kind = MeaningKind::unclear;
  std::string note;              // what goes on: endorsement, reason, question; without the verb's line
  std::optional<Time> until;     // later
  std::string redirect_to;       // redirect: name or address as written
  std::vector<std::string> why;  // for `tertius explain`
};
std::string_view meaning_name(MeaningKind kind);

// `text` is reply_text's. `by` sets the verbs: "yes" is forward from C and accept from T.
// `answered` is the text of the notice that is answered, where known: "forward to Bob" is clear only where it
// names a Bob.
Meaning reply_meaning(std::string_view text, Role by, Time now, std::string_view answered = {});

// The same of a whole reply: a yes beside cut words that speak against it, or whose HTML part says anything
// else, is not clear.
Meaning reply_meaning(const ReplyText& reply, Role by, Time now, std::string_view answered = {});

}  // namespace tertius
