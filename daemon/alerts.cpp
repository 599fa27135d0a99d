#include "daemon/alerts.hpp"

#include <algorithm>

#include "daemon/log.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

bool was_mailed_lately(Engine& engine, const std::string& recipient, const std::string& alert) {
  constexpr std::chrono::hours once_in{24};
  const auto notices = storage::notices_to(engine.db, recipient);
  return std::any_of(notices.begin(), notices.end(), [&](const storage::OutboxRow& row) {
    const auto found = row.fields.values.find("ALERT");
    return row.kind == NoticeKind::operator_alert && row.created_at > engine.now() - once_in &&
           found != row.fields.values.end() && found->second == alert;
  });
}

}  // namespace

void post_alert(Engine& engine, const Wording& alert, const std::vector<Wording>& details) {
  log_error("alert", "what=" + log_value(say(alert)) + " details=" + log_value(say_list(details)));
  const auto& operator_address = engine.settings.operator_address;
  if (!operator_address) return;
  Answer answer{.kind = NoticeKind::operator_alert,
                .to = *operator_address,
                .person = storage::find_person_by_address(engine.db, *operator_address),
                .remark = details,
                .fields = {}};
  const std::string language = answer.person ? answer.person->language : answer.language;
  const std::string words = say(alert, templates::sentences(language));
  if (was_mailed_lately(engine, text(*operator_address), words)) return;
  answer.fields.values["ALERT"] = words;
  answer.fields.values["STOP_URL"] = "";
  post_answer(engine, answer);
}

}  // namespace tertius::daemon
