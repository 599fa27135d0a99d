#include "daemon/walkthrough.hpp"

#include <functional>

#include "daemon/try_client.hpp"
#include "daemon/try_letters.hpp"

namespace tertius::daemon {

namespace {

// One walk: what has been printed, and where it stopped.
struct Walk {
  Service& service;
  TryRoom& room;
  const Links& links;
  std::ostream& out;
  int printed = 0;
  std::string trouble = {};

  void say(const std::string& what) { out << "-- " << what << "\n"; }

  void print_news() {
    for (const auto& change : room.sandbox.take_changes()) out << "   state: " << change << "\n";
    for (const auto& mail : room.sandbox.mails()) {
      if (mail.number <= printed) continue;
      out << "   mail to " << mail.recipient << ": " << mail.letter.subject << "\n";
      printed = mail.number;
    }
  }

  // Waits for a mail to `address` whose text holds `words`.
  std::optional<SandboxMail> await(const Address& address, const std::string& words) {
    const int before = printed;
    auto mail = room.sandbox.wait_for(before, [&](const SandboxMail& m) {
      return m.recipient == text(address) && m.letter.text.find(words) != std::string::npos;
    });
    print_news();
    if (!mail) trouble = "no mail with \"" + words + "\" came to " + text(address);
    return mail;
  }

  bool send(const std::string& sender, const std::string& recipient, const std::string& letter) {
    const ListenAddress server{room.lmtp.path, room.lmtp.host, service.lmtp_port()};
    const std::string reply = send_lmtp(server, sender, recipient, letter);
    if (reply.starts_with("2")) return true;
    trouble = "the letter was not taken: " + reply;
    return false;
  }

  // Opens the link and presses its button, as a browser without script would.
  bool press(const std::string& url, const std::string& action) {
    const std::string path = url.substr(links.public_url.size());
    const FetchedPage page = fetch("127.0.0.1", service.web_port(), path, links.public_url);
    const std::string target = path.substr(0, path.find('/', path.find('/', 1) + 1));
    const FetchedPage pressed = fetch("127.0.0.1", service.web_port(), target, links.public_url,
                                      "action=" + action + "&nonce=" + hidden_value(page.body, "nonce"));
    if (page.status == 200 && (pressed.status == 200 || pressed.status == 303)) return true;
    trouble = "the page of " + action + " answered " + std::to_string(page.status) + ", its button " +
              std::to_string(pressed.status);
    return false;
  }

  void wait(std::chrono::minutes length) {
    say(std::to_string(length.count()) + " minutes pass");
    room.sandbox.advance(length);
    service.poke();
  }
};

// The link of ours in a mail's text that leads to this page and action.
std::string find_link(const SandboxMail& mail, const std::string& start, const std::string& end) {
  for (std::size_t at = mail.letter.text.find(start); at != std::string::npos;
       at = mail.letter.text.find(start, at + 1)) {
    std::string url = mail.letter.text.substr(at, mail.letter.text.find_first_of(" \r\n>", at) - at);
    if (url.ends_with(end)) return url;
  }
  return {};
}

bool ask(Walk& walk, const Person& requester, const SampleRequest& sample) {
  walk.say(requester.name + " writes to " + ask_address(walk.links) + " about " + sample.subject);
  const web::Form form{{"cc", sample.cc}, {"subject", sample.subject}, {"text", sample.text}};
  const std::string letter = new_letter(form, requester, walk.links, walk.room.sandbox.clock()());
  if (!walk.send(text(*requester.address), ask_address(walk.links), letter)) return false;
  const auto mail = walk.await(*requester.address, walk.links.public_url + "/confirm/");
  if (!mail) return false;
  walk.say(requester.name + " confirms that it was them");
  return walk.press(find_link(*mail, walk.links.public_url + "/confirm/", ""), "confirm");
}

bool forward(Walk& walk) {
  const auto mail = walk.await(walk.room.community.connector, "/forward");
  if (!mail) return false;
  walk.say(text(walk.room.community.connector) + " answers: forward");
  const std::string words = "forward\n\nGood people, worth twenty minutes of your time.";
  const std::string letter = reply_letter(*mail, words, walk.room.sandbox.clock()());
  if (!walk.send(mail->recipient, mail->letter.reply_to.front().address, letter)) return false;
  if (!walk.await(walk.room.community.connector, "/undo/")) return false;
  walk.wait(std::chrono::minutes{3});
  return true;
}

bool accept(Walk& walk) {
  const auto mail = walk.await(walk.room.community.target, "/accept");
  if (!mail) return false;
  walk.say(text(walk.room.community.target) + " opens the link and presses the button");
  if (!walk.press(find_link(*mail, walk.links.public_url + "/d/", "/accept"), "accept")) return false;
  if (!walk.await(walk.room.community.target, "/undo/")) return false;
  walk.wait(std::chrono::minutes{11});
  return true;
}

bool introduced(Walk& walk) {
  const auto& [requester, connector, target] = walk.room.community;
  for (const Address& address : {requester, target}) {
    const auto is_introduction = [&](const SandboxMail& m) {
      return m.recipient == text(address) && m.letter.to.size() == 2;
    };
    if (walk.room.sandbox.wait_for(0, is_introduction)) continue;
    walk.trouble = "no introduction came to " + text(address);
    return false;
  }
  walk.print_news();
  walk.say("introduced: " + text(requester) + " and " + text(target) + " have each other's address");
  return true;
}

}  // namespace

bool walk_through(Service& service, TryRoom& room, const Links& links, std::ostream& out) {
  Walk walk{service, room, links, out};
  const bool done = ask(walk, room.writer, room.sample) && forward(walk) && accept(walk) && introduced(walk);
  walk.print_news();
  if (!done) out << "-- stopped: " << walk.trouble << "\n";
  return done;
}

}  // namespace tertius::daemon
