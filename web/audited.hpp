#pragma once
// What pages and the API leave in the audit log, and in whose name.

#include "storage/audit.hpp"
#include "web/api_call.hpp"
#include "web/pages.hpp"

namespace tertius::web {

using storage::AuditAct;

// The operator is whoever is signed in with the operator's address.
inline std::string doer(const Member& member) {
  return member.is_operator ? std::string(storage::by_operator) : storage::by_person(member.person.id);
}

inline bool is_operator(const Desk& desk, const Person& person) {
  const auto &theirs = person.address, &wanted = desk.operator_address;
  return theirs && wanted && address_key(*theirs) == address_key(*wanted);
}

inline AuditAct act_of(storage::ByHand what) {
  return what == storage::ByHand::retry ? AuditAct::notice_retried : AuditAct::notice_cancelled;
}

inline void note(const Call& call, AuditAct act, const std::string& subject) {
  storage::note_audit(call.desk.db, call.desk.now, doer(call.member.value()), act, subject);
}

inline void note(const ApiCall& call, AuditAct act, const std::string& subject) {
  storage::note_audit(call.desk.db, call.desk.now, storage::by_person(call.person.id), act, subject);
}

}  // namespace tertius::web
