#pragma once
// Sockets that systemd listens on for us (sd_listen_fds(3)), so that a restart refuses no connection: what
// comes meanwhile waits in them. They must be where the configuration says that we listen, for that is what
// everybody reads.

#include <optional>

#include "daemon/listen_address.hpp"

namespace tertius::daemon {

struct HandedIn {
  std::optional<int> http, lmtp;  // descriptors; FileDescriptorName= says which is which
};
// Takes them out of the environment: the second call finds none.
Result<HandedIn> take_handed_in();

// `configured`, with the socket where there is one. `key` is the configuration's: "web.listen".
Result<ListenAddress> listen_on(ListenAddress configured, std::optional<int> socket, const std::string& key);

}  // namespace tertius::daemon
