#include "mail/imap_dialogue.hpp"

#include <algorithm>
#include <utility>

#include "mail/ascii.hpp"

namespace tertius::mail {
namespace {

// A server that never ends its answer: others may expunge a hundred thousand letters at once, no more.
constexpr std::size_t most_answers = 1'000'000;
constexpr std::size_t most_remarks = 100;
// In a row: the database is in trouble, and no more is fetched until it is tried again.
constexpr std::size_t most_failures = 100;
constexpr std::size_t most_put_off = 10'000;
// A server that answers what it has not read yet: a command has 1,000 octets, and one at a time is under way.
constexpr std::size_t most_unwritten = 64 * 1024;

ImapLimits limits_for(const ImapTask& task) {
  ImapLimits out;
  out.literal = task.longest_letter;
  return out;
}

std::string with_text(const std::string& what, const ImapStatus& status) {
  return status.text.empty() ? what : what + ": " + status.text;
}

}  // namespace

ImapDialogue::ImapDialogue(ImapTask task)
    : task_(std::move(task)), reader_(limits_for(task_)), place_(task_.place), told_place_(task_.place) {
  // What was told before the login, or in its answer, need not be all or true (RFC 3501 6.2.1).
  command(Step::capability, "CAPABILITY");
}

void ImapDialogue::command(Step step, const std::string& text) {
  output_.erase(0, std::exchange(written_, 0));
  if (output_.size() > most_unwritten)
    return fail(ImapFault::nonsense, "the server answers commands that it has not read");
  output_ += "T" + std::to_string(++tag_) + " " + text + "\r\n";
  answers_ = 0;
  step_ = step;
}

bool ImapDialogue::awaits_answer() const {
  return step_ != Step::deciding && step_ != Step::resting && step_ != Step::over;
}

void ImapDialogue::wrote(std::size_t bytes) {
  written_ += bytes;
  if (written_ < output_.size()) return;
  output_.clear();
  written_ = 0;
}

void ImapDialogue::receive(std::string_view bytes) {
  reader_.add(bytes);
  while (!is_over()) {
    auto response = reader_.take();
    if (!response) break;
    take_response(std::move(*response));
  }
  if (reader_.is_broken()) fail(ImapFault::nonsense, "the server's answer is too long, or no IMAP");
}

void ImapDialogue::take_response(ImapResponse response) {
  const std::string_view line = response.line;
  if (line.starts_with('+')) return take_go_ahead();
  if (line.starts_with("* ")) {
    if (++answers_ > most_answers) return fail(ImapFault::nonsense, "the server's answer does not end");
    return take_untagged(std::move(response));
  }
  const auto tag = line.substr(0, line.find(' '));
  const auto status = find_status(line.substr(std::min(tag.size() + 1, line.size())));
  if (tag != "T" + std::to_string(tag_) || !status || !awaits_answer())
    return fail(ImapFault::nonsense, "the server answers what nobody asked");
  take_done(*status);
}

void ImapDialogue::take_untagged(ImapResponse response) {
  const std::string_view line = response.line;
  if (const auto status = find_status(line.substr(2))) return take_condition(*status);
  if (const auto count = find_count(line)) {
    if (equals_ignoring_case(count->what, "FETCH")) return take_fetch(std::move(response));
    return take_count(*count);
  }
  if (const auto uids = read_search(line); uids && step_ == Step::search) {
    found_.insert(found_.end(), uids->begin(), uids->end());
    if (found_.size() > most_answers) fail(ImapFault::nonsense, "the server finds too much");
  }
  const auto words = read_capability(line);
  if (!words) return;
  const auto has = [&](std::string_view word) { return std::ranges::find(*words, word) != words->end(); };
  can_idle_ = has("IDLE"), can_move_ = has("MOVE"), can_expunge_ = has("UIDPLUS");
}

void ImapDialogue::take_condition(const ImapStatus& status) {
  if (status.condition == ImapCondition::bye) {
    if (step_ != Step::farewell) fail(ImapFault::lost, with_text("the server says goodbye", status));
    return;
  }
  if (has_code(status, "ALERT")) remark(with_text("the server says", status));
  if (const auto number = code_number(status, "UIDNEXT")) uid_next_ = *number;
  if (const auto number = code_number(status, "UIDVALIDITY")) {
    if (step_ != Step::select && *number != validity_)
      return fail(ImapFault::lost, "the folder has been made anew");
    validity_ = *number;
  }
}

void ImapDialogue::take_count(const ImapCount& count) {
  if (equals_ignoring_case(count.what, "EXPUNGE") && exists_ > 0) --exists_;
  if (!equals_ignoring_case(count.what, "EXISTS")) return;
  const bool more = count.number > exists_ && step_ != Step::select;
  exists_ = count.number;
  if (!more) return;
  look_again_ = ends_idle_ = true;
  if (step_ == Step::idling) end_idle();
}

void ImapDialogue::take_fetch(ImapResponse response) {
  auto fetched = read_fetch(std::move(response));
  if (!fetched) return fail(ImapFault::nonsense, "the server's answer to FETCH is no list");
  if (!fetched->uid) return;  // flags that somebody has changed
  if (step_ == Step::newest) uid_next_ = std::max(uid_next_, *fetched->uid);
  if (step_ == Step::sizes && fetched->size)
    if (const auto letter = queue_.find(*fetched->uid); letter != queue_.end())
      letter->second = fetched->size;
  if (step_ == Step::fetch && fetched->body) take_body(*fetched->uid, std::move(*fetched->body));
}

void ImapDialogue::take_done(const ImapStatus& status) {
  const bool ok = status.condition == ImapCondition::ok;
  if (has_code(status, "ALERT")) remark(with_text("the server says", status));
  switch (step_) {
    case Step::capability: return command(Step::select, "SELECT " + task_.folder);
    case Step::select: return begin(status);
    case Step::newest: return settle_place();
    case Step::search: return ok ? take_found() : fail(ImapFault::lost, with_text("no SEARCH", status));
    case Step::sizes: return take_sizes(ok);
    case Step::fetch: return take_fetched(ok);
    case Step::seen:
      if (!ok) remark(with_text("letters cannot be marked as seen", status));
      return move();
    case Step::move:
    case Step::copy: return take_moved(status);
    case Step::create: return move();
    case Step::deleted:
    case Step::expunge: return take_removed(status);
    // NO, or an end that we have not asked for: it does not work here.
    case Step::idle_asked:
    case Step::idling: can_idle_ = false; return proceed();
    case Step::idle_ending:
    case Step::poll: return proceed();
    case Step::farewell: step_ = Step::over; return;
    case Step::deciding:
    case Step::resting:
    case Step::over: return;
  }
}

void ImapDialogue::take_go_ahead() {
  if (step_ != Step::idle_asked) return;  // we write no literals that would wait for it
  step_ = Step::idling;
  if (ends_idle_ || leaving_) end_idle();
}

void ImapDialogue::end_idle() {
  output_ += "DONE\r\n";
  step_ = Step::idle_ending;
}

// What is next, where no command is under way. Letters that fail each time keep no new one waiting.
void ImapDialogue::proceed() {
  note_place();
  if (leaving_) return command(Step::farewell, "LOGOUT");
  const bool begins = may_begin();
  const bool has_letters = !queue_.empty() && (begins || queue_.begin()->first <= place_.done);
  if (has_letters) return queue_.begin()->second ? fetch() : ask_sizes();
  if (begins && (cursor_ <= last_ || look_again_)) return search();
  if (!again_.empty() && failures_again_ < most_failures) return retry();
  wait();
}

// With letters that have not been tried yet.
bool ImapDialogue::may_begin() {
  const bool enough = place_.later.size() >= most_put_off;
  if (enough && !has_put_off_enough_)
    remark(std::to_string(place_.later.size()) +
           " letters could not be taken: no new one is read before those are");
  has_put_off_enough_ = enough;
  return failures_ < most_failures && !enough;
}

void ImapDialogue::wait() {
  ends_idle_ = false;
  if (can_idle_) return command(Step::idle_asked, "IDLE");
  step_ = Step::resting;
}

void ImapDialogue::look() {
  look_again_ = ends_idle_ = true;
  if (step_ == Step::idling) return end_idle();
  if (step_ == Step::resting) command(Step::poll, "NOOP");
}

void ImapDialogue::try_again() {
  failures_ = failures_again_ = 0;
  again_.insert(again_.end(), put_off_.begin(), put_off_.end());
  put_off_.clear();
  look();
}

void ImapDialogue::leave() {
  leaving_ = true;
  if (step_ == Step::idling) return end_idle();
  if (step_ == Step::resting) proceed();
}

void ImapDialogue::fail(ImapFault fault, std::string text) {
  if (is_over()) return;
  failure_ = ImapFailure{fault, std::move(text)};
  step_ = Step::over;
}

void ImapDialogue::lost(std::string_view why) {
  if (step_ == Step::farewell) step_ = Step::over;  // as we wanted it
  fail(ImapFault::lost, std::string(why));
}

void ImapDialogue::remark(std::string text) {
  if (remarks_.size() < most_remarks) remarks_.push_back(std::move(text));
}

std::optional<CollectedLetter> ImapDialogue::take_letter() {
  if (letters_.empty()) return {};
  auto letter = std::move(letters_.front());
  letters_.pop_front();
  return letter;
}

std::optional<ImapPlace> ImapDialogue::take_place() {
  if (place_ == told_place_) return {};
  return told_place_ = place_;
}

std::optional<std::string> ImapDialogue::take_remark() {
  if (remarks_.empty()) return {};
  auto text = std::move(remarks_.front());
  remarks_.pop_front();
  return text;
}

std::chrono::seconds ImapDialogue::patience() const {
  // A SEARCH in a large mailbox takes some servers a minute; nothing hangs on the goodbye.
  return step_ == Step::farewell ? std::chrono::seconds{5} : std::chrono::minutes{3};
}

}  // namespace tertius::mail
