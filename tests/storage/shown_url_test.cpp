// No password of a database is shown, wherever in its URL it stands.
#include "storage/shown_url.hpp"

#include <gtest/gtest.h>

#include "storage/backup.hpp"

namespace tertius::storage {
namespace {

template <class Body>
std::string error_of(Body body) {
  try {
    body();
  } catch (const StorageError& error) {
    return std::string(error.what()) + " | " + error.hint;
  }
  return "nothing was thrown";
}

TEST(ShownUrlTest, PasswordsAreLeftOut) {
  EXPECT_EQ(shown_url("postgresql://ada:s3cret@db.example/tertius"), "postgresql://ada@db.example/tertius");
  EXPECT_EQ(shown_url("postgresql://ada@db.example:5433/tertius"),
            "postgresql://ada@db.example:5433/tertius");
  EXPECT_EQ(shown_url("postgresql:///t?user=ada&password=s3cret&host=/run"),
            "postgresql:///t?user=ada&password=...&host=/run");
  EXPECT_EQ(shown_url("sqlite:/var/lib/a:b@c.db"), "sqlite:/var/lib/a:b@c.db");
  EXPECT_EQ(shown_url("sqlite:///var/lib/a:b@c.db"), "sqlite:///var/lib/a:b@c.db");
}

TEST(ShownUrlTest, EachOfThemIs) {
  EXPECT_EQ(shown_url("postgresql://ada:s3cret@db/t?sslpassword=s3cret&password=s3cret"),
            "postgresql://ada@db/t?sslpassword=...&password=...");
  EXPECT_EQ(shown_url("host=db password=s3cret user=ada"), "host=db password=... user=ada");
  EXPECT_EQ(shown_url("password='s3\\' cret' host=db"), "password=... host=db");
  EXPECT_EQ(shown_url("password = s3\\ cret host=db"), "password = ... host=db");
  EXPECT_EQ(shown_url("postgresql:///t?password='s3'cret&user=ada"), "postgresql:///t?password=...&user=ada");
  EXPECT_EQ(shown_url("postgresql://db:5433/t?user=ada@corp"), "postgresql://db:5433/t?user=ada@corp");
}

// As people write what should have been encoded, or no URL of ours at all.
TEST(ShownUrlTest, NothingOfAPasswordIsShownThatIsWrittenWrongly) {
  for (const char* url : {"postgresql://ada:s3@cret@db/t", "postgresql://ada:s3/cret@db/t",
                          "postgresql://ada:s3?cret@db/t", "postgresql://ada:s3@cret/s3cret@db/t",
                          "postgresql://ada:s3/cret?s3@cret@db/t", "postgresql://ada:s3?x=cret@db/t",
                          "postgresql:ada:s3cret@db/t", "postgresql:/ada:s3cret@db/t", "ada:s3cret@db/t"}) {
    const std::string shown = shown_url(url);
    EXPECT_EQ(shown.find("s3"), shown.npos) << shown;
    EXPECT_EQ(shown.find("cret"), shown.npos) << shown;
    EXPECT_TRUE(shown.ends_with("@db/t")) << shown;
  }
}

TEST(ShownUrlTest, ErrorsHaveNoPasswordInThem) {
  const std::string unknown = error_of([] { open_database("mysql://ada:s3cret@db/t?sslpassword=s3cret"); });
  EXPECT_NE(unknown.find("mysql://ada@db/t"), unknown.npos) << unknown;
  EXPECT_EQ(unknown.find("s3cret"), unknown.npos) << unknown;
  const std::string another = error_of([] { sqlite_path("postgresql://ada:s3cret@db/t"); });
  EXPECT_NE(another.find("pg_dump"), another.npos) << another;
  EXPECT_EQ(another.find("s3cret"), another.npos) << another;
}

}  // namespace
}  // namespace tertius::storage
