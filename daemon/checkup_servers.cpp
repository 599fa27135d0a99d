// Those we speak with: the relay, our own doors, the proxy before our pages.
#include <boost/asio/io_context.hpp>
#include <chrono>

#include "daemon/checkup.hpp"
#include "daemon/door_watch.hpp"
#include "daemon/imap_url.hpp"
#include "daemon/secret_file.hpp"
#include "daemon/try_client.hpp"
#include "mail/imap_folder.hpp"
#include "mail/probe.hpp"

namespace tertius::daemon {

namespace {

constexpr days soon{14};

// Certificates are renewed a month before their end, usually: near it, nobody has.
Diagnosis with_certificate(std::string what, const std::optional<Time>& until, Time now) {
  if (!until) return {Health::good, std::move(what)};
  what += "; its certificate holds until " + date_text(*until);
  if (*until < now + soon) return {Health::doubtful, std::move(what), "see why it is not renewed"};
  return {Health::good, std::move(what)};
}

std::string named(const Config& config) { return config.smtp_host + ":" + std::to_string(config.smtp_port); }

std::string advice_for(mail::DoorFault fault, const Config& config) {
  switch (fault) {
    case mail::DoorFault::login: return "look at smtp.user and smtp.password_file";
    case mail::DoorFault::tls: return "look at smtp.security";
    case mail::DoorFault::certificate: return "look at smtp.host and smtp.ca_file";
    case mail::DoorFault::busy: return "try again later";
    case mail::DoorFault::refused: return "ask its operator whether it takes mail from this machine";
    case mail::DoorFault::unreachable: break;
  }
  return "is " + named(config) + " right, and may this machine reach it?";
}

// As the daemon does it, and then goodbye.
std::optional<mail::DoorFailure> try_door(const mail::DoorSettings& settings) {
  boost::asio::io_context io;
  std::optional<mail::DoorFailure> failure;
  const auto watch = std::make_shared<DoorWatch>(io, settings, [&](std::optional<mail::DoorFailure> why) {
    failure = std::move(why);
    io.stop();
  });
  watch->start();
  io.run();
  watch->close();
  return failure;
}

Result<mail::DoorSettings> relay_of(const Config& config) {
  mail::DoorSettings out;
  out.host = config.smtp_host;
  out.port = static_cast<std::uint16_t>(config.smtp_port);
  out.security = config.smtp_security;
  out.ca_file = config.smtp_ca_file;
  out.user = config.smtp_user;
  out.hello = config.domain;
  out.patience = std::chrono::seconds{10};
  if (config.smtp_password_file.empty()) return out;
  const auto password = read_secret_file(config.smtp_password_file);
  if (!password) return password.error();
  out.password = password.value();
  return out;
}

Result<mail::DoorSettings> mailbox_of(const Config& config, const ImapUrl& url) {
  mail::DoorSettings out;
  out.protocol = mail::DoorProtocol::imap;
  out.host = url.host;
  out.port = url.port;
  out.security = url.security;
  out.ca_file = config.imap_ca_file;
  out.user = config.imap_user;
  out.patience = std::chrono::seconds{10};
  const auto password = read_secret_file(config.imap_password_file);
  if (!password) return password.error();
  out.password = password.value();
  return out;
}

std::string mailbox_advice(mail::DoorFault fault) {
  switch (fault) {
    case mail::DoorFault::login: return "look at imap.user and imap.password_file";
    case mail::DoorFault::tls:
      return "imaps:// is TLS from the first byte, imap:// STARTTLS: look at imap.url";
    case mail::DoorFault::certificate: return "look at the host in imap.url and at imap.ca_file";
    case mail::DoorFault::busy: return "try again later";
    case mail::DoorFault::refused:
    case mail::DoorFault::unreachable: break;
  }
  return "is imap.url right, and may this machine reach it?";
}

}  // namespace

Diagnosis look_at_relay(const CheckupScene& scene) {
  const Config& config = scene.config;
  if (!config.oauth_token_url.empty())
    return {Health::unknown, named(config) + " wants an access token, which the running daemon holds",
            "journalctl -u tertius says whether it has one"};
  const auto relay = relay_of(config);
  if (!relay) return {Health::bad, relay.error().what, relay.error().hint};
  if (const auto failure = try_door(relay.value()))
    return {Health::bad, named(config) + ": " + failure->text, advice_for(failure->fault, config)};
  return with_certificate(named(config) + " takes our mail" + (config.smtp_user.empty() ? "" : " and login"),
                          mail::probe_relay(relay.value()).certificate_until, scene.now);
}

// What lies there is neither read nor changed.
Diagnosis look_at_mailbox(const CheckupScene& scene) {
  const Config& config = scene.config;
  if (config.imap_url.empty()) return {Health::good, "no mailbox is read"};
  if (config.imap_password_file.empty())
    return {Health::unknown, config.imap_url + " wants an access token, which the running daemon holds",
            "journalctl -u tertius says whether it has one"};
  const ImapUrl url = parse_imap_url(config.imap_url).value();  // read_config has looked
  const auto mailbox = mailbox_of(config, url);
  if (!mailbox) return {Health::bad, mailbox.error().what, mailbox.error().hint};
  if (const auto failure = try_door(mailbox.value()))
    return {Health::bad, config.imap_url + ": " + failure->text, mailbox_advice(failure->fault)};
  const auto probe = mail::probe_mailbox(mailbox.value(), *mail::imap_folder(url.folder));
  if (!probe.failure.empty())
    return {Health::bad, config.imap_url + " takes our login and has no folder " + url.folder,
            "look at the end of imap.url"};
  return with_certificate(config.imap_url + " takes our login", probe.certificate_until, scene.now);
}

// As far as RCPT: no letter is left behind.
Diagnosis look_at_lmtp(const CheckupScene& scene) {
  const auto address = parse_listen_address(scene.config.lmtp_listen);
  if (!address) return {Health::bad, "lmtp.listen: " + address.error().what, address.error().hint};
  const std::string ours = scene.config.mailbox + "@" + scene.config.domain;
  const std::string reply = ask_lmtp(address.value(), ours);
  if (reply.starts_with("250")) return {Health::good, ours + " is taken at " + scene.config.lmtp_listen};
  return {Health::bad, scene.config.lmtp_listen + " does not take " + ours + ": " + reply,
          "is the daemon running? systemctl status tertius"};
}

// Through the proxy, as everybody comes.
Diagnosis look_at_pages(const CheckupScene& scene) {
  const std::string& url = scene.config.public_url;
  const mail::Probe probe = mail::probe_page(url + "/healthz", scene.ca_file);
  if (!probe.failure.empty())
    return {Health::bad, url + ": " + probe.failure,
            "does the proxy lead to " + scene.config.web_listen + "?"};
  if (probe.status != 200 || !probe.body.starts_with("ok"))
    return {Health::bad, url + "/healthz answers " + std::to_string(probe.status),
            "does the proxy lead to " + scene.config.web_listen + ", and is the daemon running?"};
  return with_certificate(url + " answers", probe.certificate_until, scene.now);
}

}  // namespace tertius::daemon
