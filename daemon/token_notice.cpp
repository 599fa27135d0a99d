#include "daemon/token_notice.hpp"

#include "templates/render.hpp"

namespace tertius::daemon {

Answer token_made_answer(const EngineSettings& settings, const Person& person,
                         const storage::ApiToken& token) {
  const std::string until =
      token.expires_at ? say(moment_wording(*token.expires_at), templates::sentences(person.language)) : "";
  return {.kind = NoticeKind::token_made,
          .to = *person.address,
          .person = person,
          .fields = {{{"TOKEN_NAME", token.name},
                      {"TOKEN_SCOPES", text(token.scopes)},
                      {"TOKENS_URL", settings.links.public_url + "/tokens"},
                      {"EXPIRES_AT", until}},
                     {}}};
}

}  // namespace tertius::daemon
