// The coach's rules on who asks, what the target gains, and for what purpose.

#include <algorithm>
#include <array>
#include <cctype>

#include "broker/coach_mentions.hpp"
#include "broker/coach_rules.hpp"
#include "broker/words.hpp"

namespace tertius::rules {

namespace {

constexpr auto identity_phrases = std::to_array<std::string_view>({
    "i am a",     "i am an",   "i am the",    "i'm a",     "i'm an",     "i'm the",      "my name is",
    "i work",     "i run",     "i lead",      "i head",    "i founded",  "i co founded", "i started",
    "i teach",    "i manage",  "i build",     "i design",  "i study",    "i write",      "i own",
    "i direct",   "i've been", "i have been", "i spent",   "i research", "i make",       "i organise",
    "i organize", "founder",   "co founder",  "i lead",    "my company", "our company",  "my team",
    "we are a",   "we're a",   "we make",     "we build",  "we run",     "i joined",     "as a",
    "i advise",   "i edit",    "i left",      "i retired", "i coach",    "i sell",       "phd student",
    "i used to",
});
constexpr auto proof_phrases = std::to_array<std::string_view>({
    "years",   "customers", "users",     "published", "alumn*",    "former*",     "previously",
    "degree",  "award*",    "graduat*",  "raised",    "led",       "built",       "founded",
    "clients", "patients",  "students",  "members",   "revenue",   "employees",   "people",
    "wrote",   "author",    "phd",       "spent",     "worked at", "worked with", "schools",
    "shops",   "stores",    "countries", "grew",      "paying",    "launched",    "published",
});

bool is_number(std::string_view word) {
  return !word.empty() && std::isdigit(static_cast<unsigned char>(word.front())) != 0;
}

// A number that counts something other than the time asked for.
bool counts_something(const std::string& form) {
  const auto words = split_words(form);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_number(words[i])) continue;
    const auto next = i + 1 < words.size() ? words[i + 1] : std::string_view{};
    const bool time = next.starts_with("min") || next.starts_with("hour") || next == "am" || next == "pm" ||
                      is_number(next);
    if (!time) return true;
  }
  return false;
}

bool proves_something(const Reading& reading) {
  const auto& pitch = reading.pitch;
  const bool link =
      pitch.text.find("http") != std::string_view::npos || pitch.text.find("www.") != std::string_view::npos;
  return link || counts_something(pitch.spaced) || has_any_phrase(pitch.spaced, proof_phrases);
}

constexpr auto gain_phrases = std::to_array<std::string_view>({
    "in return",      "for you",
    "happy to share", "glad to share",
    "share",          "offer",
    "could help you", "can help you",
    "help you",       "useful to you",
    "use to you",     "value to you",
    "benefit*",       "return the favo*",
    "your customers", "your users",
    "your team",      "your readers",
    "your students",  "saves",
    "save you",       "send you",
    "show you",       "give you",
    "bring you",      "you would get",
    "you'd get",      "you will get",
    "you could",      "for your",
    "interest you",   "interesting to you",
    "worth your",     "your portfolio",
    "your clients",   "buy you",
    "i'll report",    "report back",
    "you may use",    "you might like",
    "free of charge", "on the house",
    "credit*",
});

constexpr auto purposes =
    std::to_array<std::string_view>({"advice", "job", "hire", "customer", "invest", "partner", "other"});
constexpr auto money_phrases = std::to_array<std::string_view>(
    {"raise", "raising", "invest", "investing", "investment", "investor*", "funding round", "seed round",
     "series a", "hire you", "job opening", "we are hiring", "we're hiring", "recruit*"});

}  // namespace

Remarks says_who_requester_is(const Reading& reading) {
  const auto& pitch = reading.pitch;
  if (pitch.words == 0 || !pitch.english) return {};
  const auto& requester = reading.facts.requester;
  const bool says = names_organisation(pitch.text, pitch.spaced, requester.organisation) ||
                    has_any_phrase(pitch.spaced, identity_phrases);
  const auto who =
      requester.organisation.empty() ? std::string("I am ...") : "I am ... at " + requester.organisation;
  if (!says)
    return {{"pitch",
             wording("The pitch does not say who you are."),
             wording("Add your role and organisation: \"{}\".", who),
             {}}};
  if (proves_something(reading)) return {};
  return {{"pitch",
           wording("The pitch says who you are, but nothing that shows it."),
           wording("Add one fact or link: what you have built, how many use it, where you worked."),
           {}}};
}

Remarks says_what_target_gains(const Reading& reading) {
  const auto& pitch = reading.pitch;
  if (pitch.words == 0 || !pitch.english || has_any_phrase(pitch.spaced, gain_phrases)) return {};
  return {{"pitch",
           wording("The pitch says what you need, but not what {} has of it.", reading.target_first),
           wording("Add what you can give: \"In return I am happy to share ...\""),
           {}}};
}

Remarks purpose_fits(const Reading& reading) {
  const auto& purpose = reading.request.purpose;
  const auto known = "advice, job, hire, customer, invest, partner, other";
  if (purpose.empty())
    return {{"request", wording("The request has no purpose."), wording("Add one of: {}.", known),
             Severity::informs}};
  if (std::ranges::find(purposes, fold(purpose)) == purposes.end())
    return {{"request",
             wording("The purpose {} is none that people can filter by.", snippet(purpose)),
             wording("Choose one of: {}.", known),
             {}}};
  if (fold(purpose) != "advice" || !has_any_phrase(reading.pitch.spaced, money_phrases)) return {};
  return {{"pitch",
           wording("The purpose is advice, but the pitch speaks of raising money or hiring."),
           wording("Say openly what it is for: change the purpose, or take that part out."),
           {}}};
}

}  // namespace tertius::rules
