// The file of signing keys.
#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "daemon/config.hpp"
#include "daemon/secret_file.hpp"
#include "storage/owner.hpp"

namespace tertius::daemon {

namespace {

// 255 is the key of previews, whose links are to verify nowhere (web/preview.cpp, notice_samples.cpp).
constexpr unsigned greatest_id = 254;

std::optional<LinkKey> find_key(const std::string& line) {
  std::istringstream words(line);
  unsigned id = 0;
  std::string hex;
  LinkKey key;
  std::size_t length = 0;
  if (!(words >> id >> hex) || id > greatest_id) return std::nullopt;
  const int bad =
      sodium_hex2bin(key.secret.data(), key.secret.size(), hex.data(), hex.size(), nullptr, &length, nullptr);
  if (bad != 0 || length != key.secret.size()) return std::nullopt;
  key.id = static_cast<std::uint8_t>(id);
  return key;
}

LinkKey new_key(std::uint8_t id) {
  LinkKey key{id, {}};
  randombytes_buf(key.secret.data(), key.secret.size());
  return key;
}

std::string line_of(const LinkKey& key) {
  std::string hex(2 * key.secret.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), key.secret.data(), key.secret.size());
  hex.pop_back();
  return std::to_string(key.id) + " " + hex;
}

// Made with O_EXCL and mode 0600 from the start: nobody reads it in between.
Done make_file(const std::filesystem::path& file) {
  const std::string line = line_of(new_key(1)) + "\n";
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written = fd >= 0 && storage::give_to_owner_of(storage::folder_of(file), fd) &&
                       ::write(fd, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!written)
    return Failure{"the link key " + file.string() + " cannot be written",
                   "make its folder and let the daemon's user write there"};
  return std::monostate{};
}

// Not one that has just been forgotten, so that what it signed is seen to be of no key.
std::optional<std::uint8_t> free_id(const LinkKeys& keys) {
  const auto is_free = [&](unsigned id) {
    return std::none_of(keys.begin(), keys.end(), [&](const LinkKey& key) { return key.id == id; });
  };
  for (unsigned step = 1; step <= greatest_id; ++step) {
    const unsigned id = (keys.front().id + step) % (greatest_id + 1);
    if (is_free(id)) return static_cast<std::uint8_t>(id);
  }
  return std::nullopt;
}

// The file's lines as they are, comments too, but for the key that is to go.
std::string lines_without(const std::filesystem::path& file, std::optional<std::uint8_t> id) {
  std::ifstream in(file);
  std::string out;
  for (std::string line; std::getline(in, line);) {
    const auto key = line.empty() || line[0] == '#' ? std::nullopt : find_key(line);
    if (!key || !id || key->id != *id) out += (out.empty() ? "" : "\n") + line;
  }
  return out;
}

}  // namespace

Result<LinkKey> rotate_link_keys(const std::filesystem::path& file) {
  const auto keys = load_link_keys(file);
  if (!keys) return keys.error();
  const auto id = free_id(keys.value());
  if (!id) return Failure{file.string() + " has as many keys as there can be", "tertius key forget ID"};
  const LinkKey key = new_key(*id);
  if (auto done = replace_secret_file(file, line_of(key) + "\n" + lines_without(file, std::nullopt)); !done)
    return done.error();
  return key;
}

Done forget_link_key(const std::filesystem::path& file, std::uint8_t id) {
  const auto keys = load_link_keys(file);
  if (!keys) return keys.error();
  if (keys.value().front().id == id)
    return Failure{"this is the key that signs", "tertius key rotate comes first"};
  if (std::none_of(keys.value().begin(), keys.value().end(), [&](const LinkKey& k) { return k.id == id; }))
    return Failure{file.string() + " has no key " + std::to_string(id), "tertius key list"};
  return replace_secret_file(file, lines_without(file, id));
}

Result<LinkKeys> load_link_keys(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    if (auto made = make_file(file); !made) return made.error();
  }
  std::ifstream in(file);
  if (!in)
    return Failure{"the link key " + file.string() + " cannot be read", "it belongs to the daemon's user"};
  LinkKeys keys;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const auto key = find_key(line);
    if (!key)
      return Failure{file.string() + " has a line that is no key",
                     "a line is: <id from 0 to 254> <64 hex digits>"};
    if (std::any_of(keys.begin(), keys.end(), [&](const LinkKey& k) { return k.id == key->id; }))
      return Failure{file.string() + " has two keys of one id, of which the second would verify nothing",
                     "give the new key an id that is not in the file"};
    keys.push_back(*key);
  }
  if (keys.empty()) return Failure{file.string() + " has no key", "remove the empty file to have one made"};
  return keys;
}

}  // namespace tertius::daemon
