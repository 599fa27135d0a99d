#include "daemon/this_machine.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tertius::daemon {

namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string word_in(const char* file) {
  std::string word;
  std::ifstream(file) >> word;
  return word;
}

// The shipped unit hides all of /proc but processes (ProcSubset=pid), and says it itself: systemd's %b, which
// has no dashes.
std::string boot_id() {
  std::string id = word_in("/proc/sys/kernel/random/boot_id");
  const char* said = std::getenv("TERTIUS_BOOT_ID");
  if (id.empty() && said) id = said;
  std::erase(id, '-');
  return id;
}

// Numbers of processes are of a namespace: containers on one machine each count from 1.
std::string process_namespace() {
  std::error_code unknown;
  return std::filesystem::read_symlink("/proc/self/ns/pid", unknown).string();
}

}  // namespace

storage::DaemonRow this_process() {
  storage::DaemonRow out;
  out.host = host_name();
  out.machine = word_in("/etc/machine-id") + " " + out.host;
  out.boot = boot_id() + " " + process_namespace();
  out.pid = ::getpid();
  return out;
}

// Two containers of one image may have one machine-id and one name, on two hosts.
bool has_ended(const storage::DaemonRow& other, const storage::DaemonRow& here, Time now) {
  const auto start = [](const storage::DaemonRow& row) { return row.boot.substr(0, row.boot.find(' ')); };
  const bool is_said = !here.machine.starts_with(' ') && !start(here).empty() && !start(other).empty();
  if (!is_said || other.machine != here.machine) return false;
  if (start(other) != start(here)) return !storage::is_alive(other, now);
  return other.boot == here.boot && ::kill(static_cast<pid_t>(other.pid), 0) != 0 && errno == ESRCH;
}

}  // namespace tertius::daemon
