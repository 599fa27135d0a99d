#pragma once
// Whether two structs are alike in every field. The bindings name all members, so that a new one does not
// compile until it is compared (and stored).

#include <algorithm>
#include <tuple>

#include "storage/letters.hpp"
#include "storage/outbox.hpp"

namespace tertius::storage {

inline auto parts(const Ask& ask) {
  const auto& [round, connector, asked_at, expires_at, decided_at, decision] = ask;
  return std::tuple(round, connector, asked_at, expires_at, decided_at, decision);
}

inline auto parts(const Decision& decision) {
  const auto& [kind, note, until, redirect_to, silent] = decision;
  return std::tuple(kind, note, until, redirect_to, silent);
}

inline auto parts(const Held& held) {
  const auto& [by, decision, channel, visit, effective_at] = held;
  return std::tuple(by, parts(decision), channel, visit, effective_at);
}

inline bool is_same(const Ask& a, const Ask& b) { return parts(a) == parts(b); }
inline bool is_same(const std::optional<Held>& a, const std::optional<Held>& b) {
  return a && b ? parts(*a) == parts(*b) : a.has_value() == b.has_value();
}

inline bool is_same(const Introduction& a, const Introduction& b) {
  const auto& [a1, a2, a3, a4, a5, aw, a6, asks_a, ar, a8, a9, a10, a11, a12, av, a13, a14, a15, a16, a17,
               held_a, a19, a20, a21, a22, a23, a24, a25, a26, a27] = a;
  const auto& [b1, b2, b3, b4, b5, bw, b6, asks_b, br, b8, b9, b10, b11, b12, bv, b13, b14, b15, b16, b17,
               held_b, b19, b20, b21, b22, b23, b24, b25, b26, b27] = b;
  return std::tie(a1, a2, a3, a4, a5, aw, a6, ar, a8, a9, a10, a11, a12, av, a13, a14, a15) ==
             std::tie(b1, b2, b3, b4, b5, bw, b6, br, b8, b9, b10, b11, b12, bv, b13, b14, b15) &&
         std::tie(a16, a17, a19, a20, a21, a22, a23, a24, a25, a26, a27) ==
             std::tie(b16, b17, b19, b20, b21, b22, b23, b24, b25, b26, b27) &&
         is_same(held_a, held_b) &&
         std::equal(asks_a.begin(), asks_a.end(), asks_b.begin(), asks_b.end(),
                    [](const Ask& x, const Ask& y) { return is_same(x, y); });
}

inline auto parts(const OutboxRow& row) {
  const auto& [id, introduction, kind, role, person, recipient, language, message_id, fields, priority,
               not_before, created_at, state, attempts, lease_until, last_reply, sent_at] = row;
  return std::tie(id, introduction, kind, role, person, recipient, language, message_id, fields, priority,
                  not_before, created_at, state, attempts, lease_until, last_reply, sent_at);
}
inline bool is_same(const OutboxRow& a, const OutboxRow& b) { return parts(a) == parts(b); }

inline auto parts(const LetterRow& row) {
  const auto& [id, received_at, sha256, message_id, envelope_sender, recipient, subject, kind, outcome,
               introduction, raw] = row;
  return std::tie(id, received_at, sha256, message_id, envelope_sender, recipient, subject, kind, outcome,
                  introduction, raw);
}
inline bool is_same(const LetterRow& a, const LetterRow& b) { return parts(a) == parts(b); }

}  // namespace tertius::storage
