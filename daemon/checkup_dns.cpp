// What the world is told of our domain. Others' spam filters go by it; ours decides nothing by it.
#include <algorithm>

#include "daemon/checkup.hpp"

namespace tertius::daemon {

namespace {

std::vector<std::string> beginning_with(const std::vector<std::string>& records, std::string_view start) {
  std::vector<std::string> out;
  std::ranges::copy_if(records, std::back_inserter(out),
                       [&](const std::string& r) { return r.starts_with(start); });
  return out;
}

Diagnosis unanswered(const Failure& failure) { return {Health::unknown, failure.what, failure.hint}; }

// "intro.example.org" -> "example.org"; empty where only a top-level domain is left.
std::string parent_of(const std::string& domain) {
  const std::string parent = domain.substr(std::min(domain.find('.') + 1, domain.size()));
  return parent.find('.') == std::string::npos ? "" : parent;
}

}  // namespace

Diagnosis look_at_mx(const CheckupScene& scene) {
  const std::string& domain = scene.config.domain;
  const auto hosts = mail::mx_hosts(domain, scene.dns);
  if (!hosts) return unanswered(hosts.error());
  if (!hosts.value().empty() && hosts.value().front() == ".")
    return {Health::bad, domain + " says that it takes no mail (RFC 7505)",
            domain + ". MX 10 your.mail.server."};
  if (!hosts.value().empty()) return {Health::good, domain + " is served by " + hosts.value().front()};
  const auto addresses = mail::addresses_of_host(domain, scene.dns);
  if (addresses && !addresses.value().empty())
    return {Health::doubtful, domain + " has no MX, and mail goes to its address",
            domain + ". MX 10 your.mail.server."};
  return {Health::bad, "no mail can reach " + domain, domain + ". MX 10 your.mail.server."};
}

// RFC 7208 3.2: two of them are an error to every receiver.
Diagnosis look_at_spf(const CheckupScene& scene) {
  const std::string& domain = scene.config.domain;
  const auto records = mail::txt_records(domain, scene.dns);
  if (!records) return unanswered(records.error());
  const auto found = beginning_with(records.value(), "v=spf1");
  const std::string advice =
      domain + ". TXT \"v=spf1 mx -all\" where the MX sends, or what your relay's provider says";
  if (found.empty()) return {Health::bad, "nothing says who may send for " + domain, advice};
  if (found.size() > 1)
    return {Health::bad,
            domain + " has " + std::to_string(found.size()) + " SPF records, which counts as none",
            "leave one"};
  if (found[0].find("+all") != std::string::npos)
    return {Health::bad, "everybody may send for " + domain + ": " + found[0], advice};
  return {Health::good, found[0]};
}

Diagnosis look_at_dkim(const CheckupScene& scene) {
  if (scene.dkim_selector.empty())
    return {Health::unknown, "the relay signs, by a selector that is not known here",
            "--dkim-selector NAME looks at its record"};
  const std::string name = scene.dkim_selector + "._domainkey." + scene.config.domain;
  const auto records = mail::txt_records(name, scene.dns);
  if (!records) return unanswered(records.error());
  for (const std::string& record : records.value()) {
    const auto key = record.find("p=");
    if (key == std::string::npos) continue;
    if (key + 2 >= record.size() || record[key + 2] == ';')
      return {Health::bad, name + " is revoked",
              "publish the key that the relay signs with (RFC 6376 3.6.1)"};
    return {Health::good, name + " has a key"};
  }
  return {Health::bad, name + " has no key", "publish the key that the relay signs with (RFC 6376 3.6.1)"};
}

// Where the domain says nothing, the one above it does (RFC 7489 6.6.3).
Diagnosis look_at_dmarc(const CheckupScene& scene) {
  for (std::string domain = scene.config.domain; !domain.empty(); domain = parent_of(domain)) {
    const auto records = mail::txt_records("_dmarc." + domain, scene.dns);
    if (!records) return unanswered(records.error());
    const auto found = beginning_with(records.value(), "v=DMARC1");
    if (found.size() > 1)
      return {Health::bad, "_dmarc." + domain + " has several records, which counts as none", "leave one"};
    if (found.size() == 1) return {Health::good, "_dmarc." + domain + ": " + found[0]};
  }
  return {Health::doubtful, "nothing says what is to become of forged mail from " + scene.config.domain,
          "_dmarc." + scene.config.domain + ". TXT \"v=DMARC1; p=quarantine\", once SPF and DKIM are good"};
}

// Forward-confirmed: many receivers take no mail from an address without it.
Diagnosis look_at_ptr(const CheckupScene& scene) {
  const std::string& address = scene.public_address;
  if (address.empty())
    return {Health::unknown, "the address that mail leaves from is not known here",
            "--public-address ADDRESS looks it up"};
  const auto names = mail::ptr_names(address, scene.dns);
  if (!names) return unanswered(names.error());
  if (names.value().empty())
    return {Health::bad, address + " has no name", "its provider sets the PTR record"};
  for (const std::string& name : names.value()) {
    const auto back = mail::addresses_of_host(name, scene.dns);
    if (back && std::ranges::find(back.value(), address) != back.value().end())
      return {Health::good, address + " is " + name + ", and back"};
  }
  return {Health::bad, address + " is " + names.value().front() + ", which leads elsewhere",
          "make the A or AAAA record of that name lead back"};
}

}  // namespace tertius::daemon
