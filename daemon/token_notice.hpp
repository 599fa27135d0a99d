#pragma once
// What a member is mailed when a token for programs was made in their name: a stolen session could leave
// itself one, and the member would not see it.

#include "daemon/engine.hpp"
#include "storage/api_tokens.hpp"

namespace tertius::daemon {

// The person has an address.
Answer token_made_answer(const EngineSettings& settings, const Person& person,
                         const storage::ApiToken& token);

}  // namespace tertius::daemon
