// webhook: whom changes of introductions are told to
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>

#include "daemon/desk.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/people.hpp"
#include "web/api_json.hpp"
#include "web/webhooks.hpp"

namespace tertius::daemon {

namespace {

struct WebhookOptions {
  std::string config, person, url, id;
  int limit = 100;
  bool json = false;
};

std::string owner_of(storage::Database& db, const storage::Webhook& hook) {
  if (!hook.person) return "everybody";
  const Person person = storage::load_person(db, *hook.person);
  return person.address ? text(*person.address) : person_label(person);
}

boost::json::object webhook_json(storage::Database& db, const storage::Webhook& hook) {
  return {{"id", web::id_text(hook.id)},
          {"told_of", owner_of(db, hook)},
          {"url", hook.url},
          {"created_at", web::json_time(hook.created_at)},
          {"failing_since", web::json_time(hook.failing_since)},
          {"turned_off_at", web::json_time(hook.disabled_at)},
          {"turned_off_why", hook.disabled_why},
          {"waiting", storage::count_waiting(db, hook.id)}};
}

std::optional<PersonId> must_find_owner(storage::Database& db, const std::string& address) {
  if (address.empty()) return std::nullopt;
  const auto person = storage::find_person_by_address(db, must_parse_address(address));
  if (!person)
    throw CommandFailure{exit_no_user, {address + " is not known here", "tertius member add makes members"}};
  return person->id;
}

int add_webhook(const WebhookOptions& options) {
  const auto place = open_workplace(options.config);
  storage::Transaction transaction(place->db);
  const auto owner = must_find_owner(place->db, options.person);
  const auto made = web::make_webhook(make_desk(place->engine), owner, options.url);
  if (!made) throw CommandFailure{exit_data, made.error()};
  note(*place, storage::AuditAct::webhook_added, "webhook " + web::id_text(made.value().id));
  transaction.commit();
  if (options.json) {
    auto out = webhook_json(place->db, made.value());
    out["secret"] = made.value().secret;
    print_json(out);
  } else {
    std::cout << made.value().secret << "\n";
    std::cerr << "This is the only time that it is shown. What is sent is signed with it.\n";
  }
  return 0;
}

int list_webhooks(const WebhookOptions& options) {
  const auto place = open_workplace(options.config);
  boost::json::array json;
  std::vector<std::vector<std::string>> rows{{"ID", "TOLD OF", "URL", "WAITING", "STANDING"}};
  for (const auto& hook : storage::recent_webhooks(place->db, options.limit)) {
    json.push_back(webhook_json(place->db, hook));
    rows.push_back({web::id_text(hook.id), owner_of(place->db, hook), hook.url,
                    std::to_string(storage::count_waiting(place->db, hook.id)), web::standing_of(hook).text});
  }
  options.json ? print_json(json) : print_table(rows);
  return 0;
}

int remove_webhook(const WebhookOptions& options) {
  const auto place = open_workplace(options.config);
  const auto id = web::find_id<storage::WebhookId>(options.id);
  storage::Transaction transaction(place->db);
  if (!id || !storage::remove_webhook(place->db, *id))
    throw CommandFailure{exit_data,
                         {"there is no webhook " + options.id, "tertius webhook list has their ids"}};
  note(*place, storage::AuditAct::webhook_removed, "webhook " + web::id_text(*id));
  transaction.commit();
  if (!options.json) std::cout << "webhook " << options.id << " is removed\n";
  if (options.json) print_json(boost::json::object{{"id", options.id}, {"removed", true}});
  return 0;
}

}  // namespace

void add_webhook_command(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<WebhookOptions>();
  auto* webhook = app.add_subcommand("webhook", "Who is told when an introduction changes, by a signed POST")
                      ->require_subcommand(1);
  auto* adding = webhook->add_subcommand("add", "Tell this URL from now on, and print its secret once");
  add_config_option(*adding, options->config);
  adding->add_option("url", options->url, "https://example.org/hook")->required();
  adding->add_option("--person", options->person,
                     "Of what this person sees: alice@example.org; of everybody's if left out");
  adding->add_flag("--json", options->json);
  adding->callback([&chosen, options] { chosen = [options] { return add_webhook(*options); }; });

  auto* listing = webhook->add_subcommand("list", "The newest webhooks, and whether they work");
  add_config_option(*listing, options->config);
  listing->add_option("--limit", options->limit)->check(CLI::Range(1, 100'000));
  listing->add_flag("--json", options->json);
  listing->callback([&chosen, options] { chosen = [options] { return list_webhooks(*options); }; });

  auto* removing = webhook->add_subcommand("remove", "From now on it is told nothing");
  add_config_option(*removing, options->config);
  removing->add_option("id", options->id)->required();
  removing->add_flag("--json", options->json);
  removing->callback([&chosen, options] { chosen = [options] { return remove_webhook(*options); }; });
}

}  // namespace tertius::daemon
