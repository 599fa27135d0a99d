#include "daemon/this_machine.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tertius::daemon {
namespace {

using std::chrono::seconds;

constexpr Time noon = Time{seconds{1'773'057'600}};

storage::DaemonRow at(const std::string& machine, const std::string& boot, std::int64_t pid,
                      Time seen = noon) {
  storage::DaemonRow out;
  out.machine = machine;
  out.boot = boot;
  out.pid = pid;
  out.seen_at = seen;
  return out;
}

// One that has ended, and been waited for.
std::int64_t dead_process() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  return child;
}

const std::string machine = "4f2a host-a", boot = "b007 pid:[1]";

TEST(ThisMachineTest, ItsProcessesThatAreGoneHaveEnded) {
  const auto here = at(machine, boot, ::getpid());
  EXPECT_TRUE(has_ended(at(machine, boot, dead_process()), here, noon));
  EXPECT_FALSE(has_ended(at(machine, boot, ::getppid()), here, noon + seconds{100}));
}

TEST(ThisMachineTest, OfAnotherMachineNothingIsCertain) {
  const auto here = at(machine, boot, ::getpid());
  EXPECT_FALSE(has_ended(at("4f2a host-b", boot, dead_process()), here, noon + seconds{100}));
  EXPECT_FALSE(has_ended(at(machine, "b007 pid:[2]", dead_process()), here, noon + seconds{100}))
      << "another container";
}

// Two containers of one image have one machine-id, and perhaps one name, on two hosts.
TEST(ThisMachineTest, WhoRanBeforeItStartedAnewHasEndedOnceNothingIsHeardOfThem) {
  const auto here = at(machine, boot, ::getpid());
  const auto other = at(machine, "01d0 pid:[1]", ::getpid());
  EXPECT_FALSE(has_ended(other, here, noon + seconds{5}));
  EXPECT_TRUE(has_ended(other, here, noon + storage::daemon_is_gone));
}

TEST(ThisMachineTest, WhereItIsNotSaidWhichMachineItIsNobodyHasEnded) {
  const Time later = noon + seconds{100};
  const std::int64_t dead = dead_process();
  EXPECT_FALSE(has_ended(at(" host-a", boot, dead), at(" host-a", boot, ::getpid()), later));
  EXPECT_FALSE(has_ended(at(machine, " pid:[1]", dead), at(machine, " pid:[1]", ::getpid()), later));
  EXPECT_FALSE(has_ended(at(machine, " pid:[1]", dead), at(machine, boot, ::getpid()), later));
  EXPECT_FALSE(has_ended(at(machine, boot, dead), at(machine, " pid:[1]", ::getpid()), later));
}

TEST(ThisMachineTest, AServiceIsToldWhenItsMachineStarted) {
  const auto open = this_process();
  EXPECT_EQ(open.pid, ::getpid());
  EXPECT_NE(open.boot.substr(0, open.boot.find(' ')), "");
  EXPECT_EQ(open.boot.find('-'), std::string::npos) << "as systemd's %b writes it";
}

}  // namespace
}  // namespace tertius::daemon
