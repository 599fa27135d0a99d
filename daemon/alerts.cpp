#include "daemon/alerts.hpp"

#include <algorithm>

#include "daemon/log.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

bool was_mailed_lately(Engine& engine, const std::string& recipient, const Fields& alert, bool each) {
  constexpr std::chrono::hours once_in{24};
  const auto notices = storage::notices_to(engine.db, recipient);
  return std::any_of(notices.begin(), notices.end(), [&](const storage::OutboxRow& row) {
    const auto is_same = [&](const std::string& name) {
      const auto found = row.fields.values.find(name);
      return found != row.fields.values.end() && found->second == alert.values.at(name);
    };
    return row.kind == NoticeKind::operator_alert && row.created_at > engine.now() - once_in &&
           is_same("ALERT") && (!each || is_same("REMARK"));
  });
}

}  // namespace

Answer alert_answer(const Address& to, const std::optional<Person>& person, const Wording& alert,
                    const std::vector<Wording>& details) {
  Answer answer{
      .kind = NoticeKind::operator_alert, .to = to, .person = person, .remark = details, .fields = {}};
  const std::string language = person ? person->language : answer.language;
  answer.fields.values["ALERT"] = say(alert, templates::sentences(language));
  answer.fields.values["STOP_URL"] = "";
  return answer;
}

void post_alert(Engine& engine, const Wording& alert, const std::vector<Wording>& details, bool each) {
  log_error("alert", "what=" + log_value(say(alert)) + " details=" + log_value(say_list(details)));
  const auto& operator_address = engine.settings.operator_address;
  if (!operator_address) return;
  const auto person = storage::find_person_by_address(engine.db, *operator_address);
  const Answer answer = alert_answer(*operator_address, person, alert, details);
  Fields said = answer.fields;
  said.values["REMARK"] =
      say_lines(details, templates::sentences(person ? person->language : answer.language));
  if (was_mailed_lately(engine, text(*operator_address), said, each)) return;
  post_answer(engine, answer);
}

}  // namespace tertius::daemon
