#pragma once
// The words of an introduction as SQL: whether there are any, remarks among them, and the row without them.

#include <string_view>

namespace tertius::storage {

// R's words for T are what R reads T's name from where R may not see T. Without any, R would read T's own:
// until the two are introduced one word stands there that names nobody.
inline constexpr std::string_view words_left =  // 0: none
    "LENGTH(subject || cover_note || pitch || endorsement || vouching || question || "
    "CASE WHEN wanted = 'somebody' THEN '' ELSE wanted END) + "
    "(SELECT COUNT(*) FROM history WHERE history.introduction = introductions.id AND remark <> '')";
inline constexpr std::string_view without_words =
    "subject = '', cover_note = '', pitch = '', endorsement = '', vouching = '', question = '', "
    "wanted = CASE WHEN wanted = '' OR introduced_at IS NOT NULL THEN '' ELSE 'somebody' END";

}  // namespace tertius::storage
