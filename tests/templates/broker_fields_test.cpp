// What the broker really fills in, against every template: the two vocabularies are one.

#include <gtest/gtest.h>

#include "broker/notice_fields.hpp"
#include "templates/render.hpp"

namespace tertius::templates {
namespace {

Person person(int id, const std::string& name, const std::string& organisation) {
  Person made;
  made.id = PersonId{id};
  made.name = name;
  made.organisation = organisation;
  return made;
}

class BrokerFieldsTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(load_catalogue()); }

  Result<RenderedNotice> rendered(NoticeKind kind, Role to) const {
    const NoticeOrder order{kind, to, std::nullopt, {{"One remark."}}};
    return render_notice(kind, "en",
                         notice_fields(order, introduction_, cast_, links_, "Rowan Alumni", Policy{}));
  }

  Cast cast_{person(1, "Alice Chen", "Acme"), person(2, "Gail Goodman", "Constant Contact"),
             person(3, "Christine Herron", ""), "", ""};
  Links links_{"https://intro.example", "intro.example", "intro", LinkKeys{LinkKey{}}};
  Introduction introduction_;
};

TEST_F(BrokerFieldsTest, FillEveryNoticeForEveryRole) {
  for (const auto& traits : notice_table()) {
    for (const auto to : {Role::requester, Role::connector, Role::target}) {
      const auto notice = rendered(traits.kind, to);
      EXPECT_TRUE(notice) << (notice ? "" : notice.error().what);
    }
  }
}

TEST_F(BrokerFieldsTest, ButtonsAreTheRecipientsOwn) {
  const auto connector = rendered(NoticeKind::could_not_tell, Role::connector).value();
  EXPECT_NE(connector.html.find("/forward\""), std::string::npos);
  EXPECT_EQ(connector.html.find("/accept\""), std::string::npos);
  const auto target = rendered(NoticeKind::could_not_tell, Role::target).value();
  EXPECT_EQ(target.html.find("/forward\""), std::string::npos);
  EXPECT_NE(target.html.find("/accept\""), std::string::npos);
}

TEST_F(BrokerFieldsTest, NothingUnsafeIsMadeOfTheBrokersLinks) {
  for (const auto& traits : notice_table())
    EXPECT_EQ(rendered(traits.kind, Role::connector).value().html.find("href=\"#\""), std::string::npos)
        << traits.name;
}

}  // namespace
}  // namespace tertius::templates
