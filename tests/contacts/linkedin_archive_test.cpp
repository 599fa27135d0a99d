// LinkedIn's archive as evidence: in the forms of its own files, with people of our own.
#include "contacts/linkedin_archive.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "contacts/read_contacts.hpp"
#include "tests/support/contacts/zip_writer.hpp"

namespace tertius::contacts {
namespace {

const std::string in = "https://www.linkedin.com/in/";
const std::string connections =
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Gail,Goodman," +
    in +
    "gail,,Constant Contact,CEO,09 Mar 2019\n"
    "Bob,Baker," +
    in +
    "bob,,Bakery,Baker,10 Mar 2019\n"
    "Jo,Smith," +
    in +
    "jo-1,,One,,10 Mar 2019\n"
    "Jo,Smith," +
    in + "jo-2,,Two,,10 Mar 2019\n";
const std::string profile = "First Name,Last Name,Maiden Name\nAlice,Chen,\n";
const std::string message_header =
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
    "URLS,DATE,SUBJECT,CONTENT,FOLDER\n";

std::string message(const std::string& from, const std::string& to, const std::string& date = "2024-05-01") {
  const auto url = [](const std::string& name) { return in + name.substr(0, name.find(' ')); };
  std::string urls;
  for (std::size_t at = 0; at != std::string::npos;) {
    const auto comma = to.find(',', at);
    urls += (urls.empty() ? "" : ",") + url(to.substr(at, comma == to.npos ? to.npos : comma - at));
    at = comma == to.npos ? comma : comma + 1;
  }
  return "2-x,," + from + "," + url(from) + ",\"" + to + "\",\"" + urls + "\"," + date +
         " 12:34:56 UTC,,\"Hello, \"\"you\"\"\nsecond line\",INBOX\n";
}
const Contact* find(const ContactFile& file, const std::string& slug) {
  const auto found = std::ranges::find(file.contacts, in + slug, &Contact::profile_url);
  return found == file.contacts.end() ? nullptr : &*found;
}
ContactFile read(LinkedinArchive archive) {
  archive.connections = connections;
  auto file = read_linkedin_archive(archive);
  EXPECT_TRUE(file) << file.error().what;
  return std::move(file.value());
}
std::string both_ways(int times) {
  std::string text;
  for (int i = 0; i < times; ++i)
    text += message("alice Chen", "gail Goodman") + message("gail Goodman", "alice Chen");
  return text;
}

TEST(LinkedinArchiveTest, WhoWroteToEachOtherIsKnownBetterThanByAConnection) {
  const auto file = read({.profile = profile, .messages = message_header + both_ways(7)});
  const Contact* gail = find(file, "gail");
  ASSERT_NE(gail, nullptr);
  EXPECT_GT(gail->strength, 0.8);
  EXPECT_EQ(gail->evidence, "wrote to each other 14 times on LinkedIn since May 2024");
  EXPECT_EQ(gail->source, TieSource::linkedin);
  EXPECT_EQ(find(file, "bob")->evidence, "connected on LinkedIn since March 2019");
}

TEST(LinkedinArchiveTest, OneWayAloneSaysNothing) {
  const auto file =
      read({.profile = profile,
            .messages = message_header + message("alice Chen", "gail Goodman") +
                        message("bob Baker", "alice Chen") + message("seller Ada", "alice Chen")});
  EXPECT_DOUBLE_EQ(find(file, "gail")->strength, 0.35);
  EXPECT_DOUBLE_EQ(find(file, "bob")->strength, 0.35);
  EXPECT_EQ(find(file, "seller"), nullptr) << "advertising makes nobody known";
}

TEST(LinkedinArchiveTest, WhoWroteWithoutAConnectionIsKnownToo) {
  const auto file = read({.profile = profile,
                          .messages = message_header + message("alice Chen", "dora Diver") +
                                      message("dora Diver", "alice Chen")});
  const Contact* dora = find(file, "dora");
  ASSERT_NE(dora, nullptr);
  EXPECT_EQ(dora->name, "dora Diver");
  EXPECT_FALSE(dora->since);
}

TEST(LinkedinArchiveTest, AgeCountsFromTheArchivesNewestMessage) {
  std::string old = message_header;
  for (int i = 0; i < 5; ++i)
    old += message("alice Chen", "gail Goodman", "2020-01-01") +
           message("gail Goodman", "alice Chen", "2020-01-01");
  const auto alone = read({.profile = profile, .messages = old});
  EXPECT_EQ(find(alone, "gail")->evidence, "wrote to each other 10 times on LinkedIn since January 2020");
  const auto later =
      read({.profile = profile, .messages = old + message("bob B", "alice Chen", "2024-05-01")});
  EXPECT_DOUBLE_EQ(find(later, "gail")->strength, 0.35) << "four years later little is left";
  EXPECT_EQ(read({.profile = profile, .messages = old}).contacts, alone.contacts);
}

TEST(LinkedinArchiveTest, ACrowdSaysNothing) {
  const std::string crowd = "gail G,bob B,c C,d D,e E";
  EXPECT_DOUBLE_EQ(find(read({.profile = profile,
                              .messages = message_header + message("alice Chen", crowd) +
                                          message("gail G", "alice Chen,bob B,c C,d D,e E")}),
                        "gail")
                       ->strength,
                   0.35);
}

TEST(LinkedinArchiveTest, DraftsAreNotWritten) {
  const auto strength = [](const std::string& is_draft) {
    std::string text = "FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,IS MESSAGE DRAFT\n";
    for (int i = 0; i < 5; ++i)
      text += "alice Chen," + in + "alice,gail G," + in + "gail,2024-05-01," + is_draft + "\ngail G," + in +
              "gail,alice Chen," + in + "alice,2024-05-01,No\n";
    return find(read({.profile = profile, .messages = text}), "gail")->strength;
  };
  EXPECT_GT(strength("No"), 0.5);
  EXPECT_DOUBLE_EQ(strength("Yes"), 0.35);
}

TEST(LinkedinArchiveTest, WhoseMessagesTheyAreIsSeenWithoutAProfileToo) {
  const auto file = read({.messages = message_header + both_ways(3) + message("bob Baker", "alice Chen")});
  EXPECT_EQ(find(file, "alice"), nullptr);
  EXPECT_NE(find(file, "gail")->evidence, "connected on LinkedIn since March 2019");
}

TEST(LinkedinArchiveTest, WhereItIsNotClearNothingIsGuessed) {
  const auto file = read({.messages = message_header + both_ways(3)});
  EXPECT_DOUBLE_EQ(find(file, "gail")->strength, 0.35);
  ASSERT_EQ(file.skipped.size(), 1u);
  EXPECT_NE(file.skipped[0].why.find("not clear"), std::string::npos);
}

TEST(LinkedinArchiveTest, AnInvitationWithAMessageCountsAsOne) {
  const std::string header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";
  const auto invitation = [&](const std::string& text) {
    return header + "Alice Chen,Gail Goodman,\"5/1/24, 12:34 PM\"," + text + ",OUTGOING," + in + "alice," +
           in + "gail\n";
  };
  const std::string answer =
      message_header + message("gail Goodman", "alice Chen") + message("bob B", "alice Chen");
  const auto with =
      read({.profile = profile, .messages = answer, .invitations = invitation("Nice to meet you")});
  EXPECT_EQ(find(with, "gail")->evidence, "connected on LinkedIn since March 2019")
      << "one letter each way is less than a connection";
  EXPECT_DOUBLE_EQ(find(with, "gail")->strength, 0.35);
  const std::string twice = answer + message("gail Goodman", "alice Chen") +
                            message("gail Goodman", "alice Chen") + message("gail Goodman", "alice Chen") +
                            message("gail Goodman", "alice Chen");
  EXPECT_GT(find(read({.profile = profile, .messages = twice, .invitations = invitation("Nice")}), "gail")
                ->strength,
            0.35);
  EXPECT_DOUBLE_EQ(
      find(read({.profile = profile, .messages = twice, .invitations = invitation("")}), "gail")->strength,
      0.35);
}

TEST(LinkedinArchiveTest, ARecommendationIsOfAConnectionWhoAloneHasTheName) {
  const std::string text = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n";
  const auto file =
      read({.recommendations_given = text + "Gail,Goodman,Constant Contact,CEO,Great,x,VISIBLE\n",
            .recommendations_received = text + "Jo,Smith,One,,Good,x,VISIBLE\n"});
  EXPECT_DOUBLE_EQ(find(file, "gail")->strength, 0.6);
  EXPECT_EQ(find(file, "gail")->evidence, "one recommended the other on LinkedIn");
  EXPECT_DOUBLE_EQ(find(file, "jo-1")->strength, 0.35);
  EXPECT_DOUBLE_EQ(find(file, "jo-2")->strength, 0.35);
}

TEST(LinkedinArchiveTest, EndorsementsAreALittleMoreThanAConnection) {
  const std::string given =
      "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsee Public Url,"
      "Endorsement Status\n2020/01/01 00:00:00 UTC,Baking,Bob,Baker,www.linkedin.com/in/bob,ACCEPTED\n";
  const std::string received =
      "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement "
      "Status\n"
      "x,Law,Bob,Baker,www.linkedin.com/in/bob,ACCEPTED\nx,Law,Gail,Goodman,www.linkedin.com/in/"
      "gail,REJECTED\n";
  const auto file = read({.endorsements_given = given, .endorsements_received = received});
  EXPECT_EQ(find(file, "bob")->evidence, "endorsed each other's skills on LinkedIn");
  EXPECT_DOUBLE_EQ(find(file, "gail")->strength, 0.35);
}

TEST(LinkedinArchiveTest, ASideFileThatCannotBeReadLosesNothing) {
  const auto file =
      read({.messages = "something else\n1\n", .invitations = "\"", .recommendations_given = ",,,"});
  EXPECT_EQ(file.contacts.size(), 4u);
  EXPECT_EQ(file.skipped.size(), 3u);
}

TEST(LinkedinArchiveTest, InTheArchiveTheyAreFoundByTheirNames) {
  const auto file = read_contacts(zip({{"a/Connections.csv", connections},
                                       {"a/Profile.csv", profile},
                                       {"a/messages.csv", message_header + both_ways(7)}}));
  ASSERT_TRUE(file);
  EXPECT_GT(find(file.value(), "gail")->strength, 0.8);
  EXPECT_EQ(file.value().format, "LinkedIn Connections.csv");
}

}  // namespace
}  // namespace tertius::contacts
