// doctor
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>

#include "daemon/checkup.hpp"
#include "daemon/ids.hpp"
#include "daemon/listen_address.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"

namespace tertius::daemon {

namespace {

struct DoctorOptions {
  std::string config, dkim_selector, public_address, ca_file, dns;
  bool json = false;
};

mail::DnsServer must_parse_dns(const std::string& text) {
  if (text.empty()) return {};
  const auto address = parse_listen_address(text.find(':') == std::string::npos ? text + ":53" : text);
  if (!address || address.value().host.empty())
    throw CommandFailure{exit_usage,
                         {"--dns " + text + " is no address", "such as 9.9.9.9 or 127.0.0.1:5353"}};
  return {address.value().host, address.value().port};
}

void print_diagnosis(const Checkup& checkup, const Diagnosis& diagnosis) {
  std::string mark(health_name(diagnosis.health)), name(checkup.name);
  mark.resize(6, ' ');
  name.resize(12, ' ');
  std::cout << mark << name << printable(diagnosis.what) << "\n";
  if (!diagnosis.advice.empty() && diagnosis.health != Health::good)
    std::cout << std::string(18, ' ') << "-> " << printable(diagnosis.advice) << "\n";
}

int examine(const DoctorOptions& options) {
  const Config config = must_read_config(options.config);
  const CheckupScene scene{config,          options.dkim_selector,       options.public_address,
                           options.ca_file, must_parse_dns(options.dns), system_clock()()};
  boost::json::array all;
  int bad = 0;
  for (const Checkup& checkup : checkups()) {
    const Diagnosis diagnosis = checkup.look(scene);
    bad += diagnosis.health == Health::bad;
    if (!options.json) print_diagnosis(checkup, diagnosis);
    all.push_back(boost::json::object{{"check", checkup.name},
                                      {"health", health_name(diagnosis.health)},
                                      {"what", diagnosis.what},
                                      {"advice", diagnosis.advice}});
  }
  if (options.json) print_json(all);
  return bad > 0 ? exit_unavailable : 0;
}

}  // namespace

void add_doctor(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<DoctorOptions>();
  auto* doctor = app.add_subcommand(
      "doctor",
      "Look at all that has to be right, from the link key to the DNS records, and say what mends it");
  add_config_option(*doctor, options->config);
  doctor->add_option("--dkim-selector", options->dkim_selector,
                     "What your relay signs with, to look at its record");
  doctor->add_option("--public-address", options->public_address,
                     "The numeric address that your mail leaves from");
  doctor->add_option("--ca-file", options->ca_file, "Trust these certificates (PEM) for the pages");
  doctor->add_option("--dns", options->dns, "Ask this name server, not the system's: 9.9.9.9");
  doctor->add_flag("--json", options->json);
  doctor->callback([&chosen, options] { chosen = [options] { return examine(*options); }; });
}

}  // namespace tertius::daemon
