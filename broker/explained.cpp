#include "broker/explained.hpp"

namespace tertius {

Explained explain(const Letter& letter, const Arrival& arrival) {
  Explained out;
  out.recognised = recognise(letter, arrival.loop_domain, arrival.at);
  out.reply = reply_text(letter, arrival.notice);
  out.meaning = reply_meaning(out.reply, arrival.role, arrival.at, arrival.notice);
  if (!letter.unreadable.empty()) out.why.push_back("not read: " + letter.unreadable);
  if (!out.recognised.why.empty()) out.why.push_back(out.recognised.why);
  out.why.insert(out.why.end(), out.reply.why.begin(), out.reply.why.end());
  out.why.insert(out.why.end(), out.meaning.why.begin(), out.meaning.why.end());
  return out;
}

}  // namespace tertius
