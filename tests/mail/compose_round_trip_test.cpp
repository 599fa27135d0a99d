// Python's own reader gives back what was composed.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/support/mail/composing.hpp"
#include "tests/support/needs.hpp"

namespace tertius::mail {
namespace {

using namespace std::string_literals;

// What Python's own reader makes of the bytes, one "key=value" per line with the value in hex.
std::map<std::string, std::string> read_by_python(const std::string& bytes) {
  static constexpr const char* script = R"(
import sys, email, email.policy
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)
def say(k, v): print(k + '=' + v.encode('utf-8', 'surrogateescape').hex())
say('subject', str(m['subject']))
for k in ('from', 'to', 'cc', 'reply-to'):
    if m[k]:
        for i, a in enumerate(m[k].addresses):
            say(f'{k}{i}', f'{a.display_name}|{a.addr_spec}')
say('date', m['date'].datetime.isoformat())
say('type', m.get_content_type())
for i, p in enumerate(m.iter_parts() if m.is_multipart() else [m]):
    say(f'part{i}', p.get_content_type() + '|' + p.get_content())
say('defects', repr([str(d) for p in m.walk() for d in p.defects] + [str(d) for v in m.values() for d in v.defects]))
)";
  const auto folder = std::filesystem::temp_directory_path() / ("compose_test." + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "read.py") << script;
  std::ofstream(folder / "mail.eml", std::ios::binary) << bytes;
  const auto command =
      "/usr/bin/python3 " + (folder / "read.py").string() + " " + (folder / "mail.eml").string();
  std::map<std::string, std::string> values;
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string output;
  std::array<char, 4096> buffer{};
  while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe))
    output.append(buffer.data(), size);
  EXPECT_EQ(::pclose(pipe), 0) << output;
  std::filesystem::remove_all(folder);
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    std::string value;
    for (auto i = equals + 1; i + 1 < line.size(); i += 2)
      value += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
    values[line.substr(0, equals)] = value;
  }
  return values;
}

#define NEEDS_PYTHON() \
  TERTIUS_NEEDS(std::filesystem::exists("/usr/bin/python3"), "python3 to read the mail with")

TEST(ComposeRoundTripTest, PythonReadsBackWhatWasWritten) {
  NEEDS_PYTHON();
  auto mail = sample();
  mail.from.name = "Zo\xc3\xab \"Z\" O'Neil, Ph.D. \\ via R\xc3\xb6wan";
  mail.to = {{"Dr. Bob (the builder)", "bob@example.org"},
             {"\xe5\xbc\xa0\xe4\xbc\x9f",
              "zhang@b\xc3\xbc"
              "cher.example"}};
  mail.cc = {{"a \"quoted\" \\ name", "\"odd local\"@example.org"}, {"=?utf-8?q?fake?=", "f@example.org"}};
  mail.subject =
      "\xc3\x9c"
      "ber =?utf-8?q?x?= " +
      std::string(100, 'a') + " \xf0\x9f\x98\x80 end";
  mail.text =
      "Gr\xc3\xbc\xc3\x9f"
      "e =  \n.\n..dots\nFrom here\n\ttab \t\n" +
      std::string(300, 'x') + "\n\n" + std::string(75, ' ') + "\n" + std::string(76, 'y') + "\n" +
      std::string(77, 'z') + "\nlast line without end";
  mail.html = "<p style=\"a=b\">\xe4\xb8\xad\xe6\x96\x87</p>";
  const auto bytes = compose(mail);
  expect_fit_for_the_wire(bytes);
  auto read = read_by_python(bytes);
  EXPECT_EQ(read["subject"], mail.subject);
  EXPECT_EQ(read["from0"], mail.from.name + "|intro@broker.example");
  EXPECT_EQ(read["to0"], "Dr. Bob (the builder)|bob@example.org");
  EXPECT_EQ(read["to1"], mail.to[1].name + "|zhang@xn--bcher-kva.example");
  EXPECT_EQ(read["cc0"], mail.cc[0].name + "|\"odd local\"@example.org");
  EXPECT_EQ(read["cc1"], mail.cc[1].name + "|f@example.org");
  EXPECT_EQ(read["date"], "2026-03-09T14:00:05+00:00");
  EXPECT_EQ(read["type"], "multipart/alternative");
  EXPECT_EQ(read["part0"], "text/plain|" + mail.text + "\n");
  EXPECT_EQ(read["part1"], "text/html|" + mail.html + "\n");
  EXPECT_EQ(read["defects"], "[]");
}

TEST(ComposeRoundTripTest, EveryLineEndBecomesCrlf) {
  NEEDS_PYTHON();
  auto mail = sample();
  mail.html.clear();
  mail.text = "one\r\ntwo\rthree\nfour\r\r\nfive\0six\r"s;
  const auto bytes = compose(mail);
  expect_fit_for_the_wire(bytes);
  EXPECT_EQ(read_by_python(bytes)["part0"], "text/plain|one\ntwo\nthree\nfour\n\nfivesix\n");
}

TEST(ComposeRoundTripTest, EveryLineLengthRoundTrips) {
  NEEDS_PYTHON();
  auto mail = sample();
  mail.html.clear();
  mail.text.clear();
  for (std::size_t length = 60; length < 90; ++length)
    for (const std::string tail : {"", "=", " ", ".", "\xc3\xa9", "\t "})
      mail.text += std::string(length, 'a') + tail + "\n";
  const auto bytes = compose(mail);
  expect_fit_for_the_wire(bytes);
  EXPECT_EQ(read_by_python(bytes)["part0"], "text/plain|" + mail.text);
}

}  // namespace
}  // namespace tertius::mail
