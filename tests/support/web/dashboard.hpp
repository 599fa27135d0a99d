#pragma once
// The operator's dashboard in a house, and a letter to be found there.

#include <gtest/gtest.h>

#include "storage/letters.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {

struct DashboardTest : testing::Test {  // the house's operator is Bob
  House house;
};

// Christine's answer, quoting the mail with her buttons.
inline storage::LetterRow answer(const House& house) {
  storage::LetterRow row;
  row.id = LetterId{5};
  row.received_at = house.now;
  row.sha256 = "5";
  row.message_id = "5@client.example";
  row.envelope_sender = "christine@example.org";
  row.recipient = reply_address(house.links, house.token(Role::connector, TokenUse::reply));
  row.subject = "Re: Introduce Alice?";
  row.kind = "human";
  row.outcome = "forward by the connector";
  row.introduction = first_request;
  row.raw = "From: Christine <christine@example.org>\r\nTo: <" + row.recipient +
            ">\r\nSubject: Re: Introduce Alice?\r\n\r\nForward. She is a find.\r\n\r\n> Forward: " +
            token_url(house.links, "d", house.token(Role::connector), "forward") + "\r\n";
  return row;
}

}  // namespace tertius::web
