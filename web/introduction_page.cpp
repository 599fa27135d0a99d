// One introduction as its requester may see it: a silent no looks like waiting, and so does a held answer.
#include "storage/introductions.hpp"
#include "templates/render.hpp"
#include "web/parts.hpp"

namespace tertius::web {

namespace {

std::string what_comes_next(State shown, const Cast& cast) {
  const std::string connector = cast.connector.name.empty() ? "the connector" : first_name(cast.connector);
  switch (shown) {
    case State::drafted: return "Confirm it, or choose a connector, with the link in your mail.";
    case State::asked:
    case State::declined_silently: return "We wait for " + connector + ", and remind them twice at most.";
    case State::snoozed: return connector + " asked to be asked again later.";
    case State::revising: return connector + " wants changes: answer the mail about them with your new text.";
    case State::redirected: return connector + " named somebody else: see your mail.";
    case State::forwarded: return "We wait for " + first_name(cast.target) + ".";
    case State::introduced: return "You have each other's address. Good luck.";
    case State::closed:
    case State::declined:
    case State::target_declined:
    case State::expired:
    case State::withdrawn: return "It has ended. A new request starts a new one.";
  }
  return {};
}

struct Sentence {
  std::string_view trigger;
  std::string_view what;
};
// What R may know. The others (held answers, silent noes, conflicts, questions to C) are C's and T's own
// affair.
constexpr auto public_history = std::to_array<Sentence>({
    {"draft", "You asked"},
    {"confirm", "You confirmed it"},
    {"ask", "A connector was asked"},
    {"forward", "The connector forwarded it"},
    {"revise", "The connector asked for changes"},
    {"resubmit", "You sent a new version"},
    {"redirect", "The connector suggested somebody else"},
    {"accept", "They agreed to meet you"},
    {"decline", "It was declined"},
    {"expire", "No answer came"},
    {"bounce", "A mail could not be delivered"},
    {"withdraw", "You withdrew it"},
    {"report", "You told us how it went"},
});

std::string_view in_words(const std::string& trigger) {
  for (const auto& sentence : public_history) {
    if (sentence.trigger == trigger) return sentence.what;
  }
  return {};
}

// A draft has a row for its arrival and one for the question whether it is R's: to R that is one thing.
void put_history(Fields& fields, const std::vector<storage::HistoryRow>& history) {
  std::string_view last;
  for (const auto& entry : history) {
    const auto words = in_words(entry.trigger);
    if (words.empty() || (words == last && entry.trigger == "draft")) continue;
    fields.sections["HISTORY"].push_back(row({{"WHEN", when(entry.at)}, {"WHAT", std::string(words)}}));
    last = words;
  }
}

bool may_be_withdrawn(State state) { return !is_final(state) && state != State::introduced; }

}  // namespace

HttpResponse show_introduction(const Call& call) {
  const auto linked = find_linked(call, TokenUse::show);
  if (!linked || linked->token.role != Role::requester) return bad_link(call);
  const Introduction& introduction = linked->introduction;
  const Cast cast = call.desk.cast(introduction);
  const State shown = state_shown_to_requester(introduction);
  const StateWords state = state_words(shown);
  const bool forwarded = introduction.forwarded_at.has_value();
  Fields fields = row(
      {{"STATE", state.text},
       {"STATE_KIND", state.kind},
       {"NEXT", what_comes_next(shown, cast)},
       {"TARGET", person_label(cast.target)},
       {"CONNECTOR", cast.connector.name.empty() ? "" : person_label(cast.connector)},
       {"SUBJECT", introduction.subject.empty() ? pitch_subject(cast.requester, cast.target,
                                                                templates::sentences(cast.target.language))
                                                : introduction.subject},
       {"COVER_NOTE", introduction.cover_note},
       {"PITCH", introduction.pitch},
       {"ENDORSEMENT", forwarded ? introduction.endorsement : ""}});
  put_history(fields, storage::load_history(call.desk.db, introduction.id));
  if (may_be_withdrawn(introduction.state)) {
    fields.sections["WITHDRAW"] = {row({{"ACTION_URL", token_url(call.desk.links, "show", linked->token)},
                                        {"NONCE", new_nonce(call, linked->text)}})};
  }
  return page(call, "introduction", "You to " + person_label(cast.target), std::move(fields));
}

HttpResponse post_introduction(const Call& call) {
  const auto linked = find_linked(call, TokenUse::show);
  if (!linked || linked->token.role != Role::requester) return bad_link(call);
  const auto visit = take_visit(call, linked->text);
  if (const auto* why = std::get_if<Unfit>(&visit)) return unfit(call, *why);
  if (field(call.form, "action") != "withdraw") return bad_link(call);
  const auto applied = call.desk.apply(linked->introduction.id, Withdrawn{});
  if (const auto* refusal = std::get_if<Refusal>(&applied)) return refused(call, *refusal);
  return see_other(token_url(call.desk.links, "show", linked->token));
}

}  // namespace tertius::web
