// A file of somebody's mailbox, as `tertius mine-mail` goes through it: the headers, and who wrote to whom.
#include "mail/stored_mail.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

// A file that is nowhere on a disk.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : descriptor_(::memfd_create("mail", MFD_CLOEXEC)) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    require(written == static_cast<ssize_t>(bytes.size()), "the file is whole");
  }
  MemoryFile(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(descriptor_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

void stored_mail(std::string_view bytes) {
  const MemoryFile file(bytes);
  std::size_t letters = 0, octets = 0;
  const auto kind = mail::visit_headers(file.path(), [&](std::string_view header) {
    ++letters, octets += header.size();
    require(header.size() <= mail::most_header_octets, "a header is bounded");
    require(header.find("\n\n") == header.npos, "a header ends at the empty line");
  });
  require(kind.has_value(), "what is there can be read");
  require(octets <= bytes.size() + letters, "no header from nowhere");
  if (kind.value() == mail::StoredAs::nothing) require(letters == 0, "what is no mail has no letter");
  if (kind.value() == mail::StoredAs::letter) require(letters == 1, "a letter is one");
}

}  // namespace tertius::fuzz
