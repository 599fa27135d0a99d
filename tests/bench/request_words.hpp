#pragma once
// What a member writes in a request; the notice that carries it to the connector is a mail of 7 KB.

#include <string_view>

namespace tertius::bench {

inline constexpr std::string_view cover_note =
    "Hello Christine,\n\nyou and Gail worked together when she started her shop software, and we spoke last "
    "at "
    "the alumni dinner in March. I would be grateful if you passed on the note below. If this is not a good "
    "time, or you would rather not, a no is perfectly fine.\n\nAlice";

inline constexpr std::string_view pitch =
    "Dear Gail,\n\nyou took your company from six people to a thousand with small businesses as your only "
    "customers. At Harbour Ledger we build bookkeeping for florists and bakers, and have 1,400 of them after "
    "two years: https://harbour.example/numbers\n\nWould you have twenty minutes in the next three weeks to "
    "tell me what you would not do again? In return I can share what we have learnt about how such shops "
    "choose software.\n\nThank you\nAlice Chen";

}  // namespace tertius::bench
