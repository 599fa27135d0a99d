// Each person's mails in the language they have, and their answers in it.
#include <gtest/gtest.h>

#include <array>

#include "storage/people.hpp"
#include "templates/render.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

using namespace flow;
using namespace std::chrono_literals;

struct Tongue {
  const char* language;
  const char* forward;    // what C answers
  const char* receipt;    // words of the receipt
  const char* forwarded;  // words of what R hears
  const char* subject;    // the beginning of the pitch's subject, as T sees it
  const char* accept;
};
constexpr auto tongues = std::to_array<Tongue>({
    {"de", "weiterleiten", "Noch wurde nichts verschickt", "Jetzt liegt es an",
     "Zum Kennenlernen: ", "annehmen"},
    {"fr", "transmettre", "encore \u00e9t\u00e9 envoy\u00e9", "maintenant \u00e0", "Mise en relation",
     "accepter"},
    {"es", "reenviar", "Todav\u00eda no se ha enviado nada", "Ahora depende de",
     "Presentaci\u00f3n: ", "acepto"},
    {"pt", "encaminhar", "nada", "Agora depende de", "Apresenta\u00e7\u00e3o: ", "aceito"},
});

class LanguagesTest : public OneWorldTest {
 protected:
  void let_all_speak(const std::string& language) {
    for (const auto& address : {alice_at, christine_at, gail_at}) {
      auto person = find_person_by_address(db(), parse_address(address).value()).value();
      person.language = language;
      save_person(db(), person);
    }
  }

  void live_in(const Tongue& tongue) {
    ASSERT_TRUE(templates::load_catalogue());
    let_all_speak(tongue.language);
    ask();
    world().reply(world().latest(christine_at), tongue.forward);
    world().send();
    EXPECT_TRUE(world().has_mail(christine_at, tongue.receipt));
    world().pass(3min);
    EXPECT_TRUE(world().has_mail(alice_at, tongue.forwarded));
    ASSERT_TRUE(world().has_mail(gail_at));
    const KeptMail pitch = world().latest(gail_at);
    EXPECT_EQ(pitch.letter.subject.find(tongue.subject), 0U) << pitch.letter.subject;
    world().reply(pitch, tongue.accept);
    world().pass(3min);
    EXPECT_EQ(state(), State::introduced);
  }
};
TERTIUS_ON_EVERY_ENGINE(LanguagesTest);

TEST_P(LanguagesTest, GermanFromTheRequestToTheIntroduction) { live_in(tongues[0]); }
TEST_P(LanguagesTest, FrenchFromTheRequestToTheIntroduction) { live_in(tongues[1]); }
TEST_P(LanguagesTest, SpanishFromTheRequestToTheIntroduction) { live_in(tongues[2]); }
TEST_P(LanguagesTest, PortugueseFromTheRequestToTheIntroduction) { live_in(tongues[3]); }

}  // namespace
}  // namespace tertius::storage
