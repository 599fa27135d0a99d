#include "mail/stored_mail.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include "mail/ascii.hpp"

namespace tertius::mail {
namespace {

namespace fs = std::filesystem;

Failure disk_failure(const fs::path& file, int error) {
  return Failure{file.string() + ": " + std::strerror(error), "Is it there, and may you read it?"};
}

struct Closing {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closing>;

// A file line by line, each without its end and cut to what a header may hold: a body of one line of a
// gigabyte costs no memory.
class Lines {
 public:
  explicit Lines(std::FILE* file) : file_(file), buffer_(std::make_unique_for_overwrite<char[]>(most_read)) {}

  bool next(std::string& line) {
    line.clear();
    for (bool some = false;; some = true) {
      if (at_ == end_ && !refill()) return some;
      const char* from = buffer_.get() + at_;
      const void* found = std::memchr(from, '\n', end_ - at_);
      const std::size_t length =
          found ? static_cast<std::size_t>(static_cast<const char*>(found) - from) : end_ - at_;
      line.append(from, std::min(length, most_header_octets - line.size()));
      at_ += length + (found ? 1 : 0);
      if (!found) continue;
      if (line.ends_with('\r')) line.pop_back();
      return true;
    }
  }

 private:
  bool refill() {
    at_ = 0;
    end_ = std::fread(buffer_.get(), 1, most_read, file_);
    return end_ > 0;
  }

  static constexpr std::size_t most_read = 65'536;

  std::FILE* file_;
  std::unique_ptr<char[]> buffer_;  // of most_read, one for each file: not worth clearing first
  std::size_t at_ = 0, end_ = 0;
};

// "From alice@example.org Thu Nov 26 10:00:00 2026": an address, and a year at the end or before a zone.
// Less would take a sentence in a body for a letter.
bool is_from_line(std::string_view line) {
  if (!line.starts_with("From ")) return false;
  line.remove_prefix(5);
  const std::size_t space = line.find(' ');
  if (space == line.npos) return false;
  std::string_view date = trim(line.substr(space));
  const std::size_t colon = date.rfind(':');
  return colon != date.npos && date.size() > 4 && std::ranges::count(date.substr(colon), ' ') >= 1 &&
         std::ranges::all_of(date.substr(date.size() - 4), [](char c) { return c >= '0' && c <= '9'; });
}

bool begins_a_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == 0 || colon == line.npos) return false;
  return std::ranges::all_of(line.substr(0, colon), [](char c) { return c > ' ' && c < '\x7f'; });
}

StoredAs kind_of(std::string_view first_line) {
  if (is_from_line(first_line)) return StoredAs::mbox;
  return begins_a_header(first_line) ? StoredAs::letter : StoredAs::nothing;
}

void add_line(std::string& header, std::string_view line) {
  if (header.size() + line.size() < most_header_octets) header.append(line).append("\n");
}

// Fills `header` up to the empty line.
void read_header(Lines& lines, std::string& line, std::string& header) {
  while (lines.next(line) && !line.empty()) add_line(header, line);
}

void visit_mbox(Lines& lines, std::string& line, const std::function<void(std::string_view)>& visit) {
  std::string header;
  for (bool more = true; more;) {
    header.clear();
    read_header(lines, line, header);
    visit(header);
    bool after_empty = true;
    while ((more = lines.next(line)) && !(after_empty && is_from_line(line))) after_empty = line.empty();
  }
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// Maildir++ folders begin with a dot (".Sent"), and hold cur; nothing else that is hidden is mail.
bool is_worth_entering(const fs::path& folder) {
  std::error_code ignored;
  return folder.filename() != "tmp" && (!is_hidden(folder) || fs::is_directory(folder / "cur", ignored));
}

}  // namespace

Result<std::vector<fs::path>> find_stored_mail(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return std::vector{path};
  std::vector<fs::path> files;
  fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error), end;
  if (error) return disk_failure(path, error.value());
  for (std::error_code gone; at != end; at.increment(error)) {
    if (at->is_directory(gone) && !is_worth_entering(at->path())) at.disable_recursion_pending();
    if (at->is_regular_file(gone) && !is_hidden(at->path())) files.push_back(at->path());
  }
  // An increment that fails ends the walk: half a mailbox is not to look like a whole one.
  if (error) return disk_failure(path, error.value());
  std::ranges::sort(files);
  return files;
}

Result<StoredAs> visit_headers(const fs::path& path, const std::function<void(std::string_view)>& visit) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return disk_failure(path, errno);
  std::setvbuf(file.get(), nullptr, _IONBF, 0);  // Lines has its own
  Lines lines(file.get());
  std::string line;
  if (!lines.next(line)) return StoredAs::nothing;
  const StoredAs kind = kind_of(line);
  if (kind == StoredAs::mbox) visit_mbox(lines, line, visit);
  if (kind == StoredAs::letter) {
    std::string header;
    add_line(header, line);
    read_header(lines, line, header);
    visit(header);
  }
  if (std::ferror(file.get()) != 0) return disk_failure(path, EIO);
  return kind;
}

}  // namespace tertius::mail
