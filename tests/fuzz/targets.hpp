#pragma once
// Every fuzz target: what strangers write, read the way the daemon reads it, and what must hold of the
// result whatever they wrote. One file each; CMakeLists.txt makes a libFuzzer program of each, and
// fuzz_replay goes through all of them with the inputs in seeds/ and regressions/.

#include <array>
#include <string_view>

namespace tertius::fuzz {

void address_list(std::string_view bytes);
void contacts(std::string_view bytes);
void csv(std::string_view bytes);
void decode_text(std::string_view bytes);
void dsn(std::string_view bytes);
void form(std::string_view bytes);
void header_words(std::string_view bytes);
void html(std::string_view bytes);
void imap(std::string_view bytes);
void letter(std::string_view bytes);
void link(std::string_view bytes);
void listed_csv(std::string_view bytes);
void lmtp(std::string_view bytes);
void multistatus(std::string_view bytes);
void reply(std::string_view bytes);
void request(std::string_view bytes);
void smtp_reply(std::string_view bytes);
void stored_mail(std::string_view bytes);
void vcard(std::string_view bytes);
void zip(std::string_view bytes);

struct Target {
  std::string_view name;
  void (*check)(std::string_view bytes);
};

inline constexpr auto targets = std::to_array<Target>({{"address_list", address_list},
                                                       {"contacts", contacts},
                                                       {"csv", csv},
                                                       {"decode_text", decode_text},
                                                       {"dsn", dsn},
                                                       {"form", form},
                                                       {"header_words", header_words},
                                                       {"html", html},
                                                       {"imap", imap},
                                                       {"letter", letter},
                                                       {"link", link},
                                                       {"listed_csv", listed_csv},
                                                       {"lmtp", lmtp},
                                                       {"multistatus", multistatus},
                                                       {"reply", reply},
                                                       {"request", request},
                                                       {"smtp_reply", smtp_reply},
                                                       {"stored_mail", stored_mail},
                                                       {"vcard", vcard},
                                                       {"zip", zip}});

}  // namespace tertius::fuzz
