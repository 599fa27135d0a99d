#pragma once
// What the letters of the client families are made of.

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "tests/support/replies/dressed_letter.hpp"

namespace tertius::tests {

inline constexpr std::string_view writer = "Christine Herron", writer_at = "christine@firstround.example";

std::string words_of(const Answer& answer);

// An attribution of the tongue filled in; in HTML the address is a link.
std::string filled(std::string_view form, const AnsweredNotice& notice);
std::string filled_html(std::string_view form, const AnsweredNotice& notice);

// "From: ... Sent: ... To: ... Subject: ..." in the tongue.
std::string header_block(const Answer& answer);
std::string header_block_html(const Answer& answer);

enum class Place { above, below, between };
// The quote with the words where the person put them: between its lines they follow the first paragraph.
std::string placed(Place place, const std::string& words, const std::string& attribution,
                   const std::string& quote);

// The header every client writes, `mailer` being lines of its own, and `body` with the header of its parts.
std::string letter(const Answer& answer, std::string_view re, std::string_view mailer,
                   const std::string& body);

std::span<const Client> google_clients();
std::span<const Client> outlook_clients();
std::span<const Client> apple_clients();
std::span<const Client> line_quoting_clients();
std::span<const Client> webmail_clients();

}  // namespace tertius::tests
