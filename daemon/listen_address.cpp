#include "daemon/listen_address.hpp"

#include <boost/asio/ip/address.hpp>
#include <charconv>

namespace tertius::daemon {

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const Failure wrong{"\"" + std::string(text) + "\" is no address to listen on",
                      "127.0.0.1:8025, [::1]:8025 or unix:/run/tertius/lmtp.sock"};
  if (text.starts_with("unix:/")) return ListenAddress{std::string(text.substr(5)), {}, 0};
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong;
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  ListenAddress out{{}, host == "localhost" ? "127.0.0.1" : std::string(host), 0};
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  boost::system::error_code no_address;
  boost::asio::ip::make_address(out.host, no_address);
  if (error != std::errc{} || end != port.data() + port.size() || no_address) return wrong;
  return out;
}

}  // namespace tertius::daemon
