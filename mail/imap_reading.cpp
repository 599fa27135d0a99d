// Which letters an ImapDialogue searches, fetches, marks and moves.
#include <algorithm>
#include <array>
#include <utility>

#include "mail/imap_dialogue.hpp"

namespace tertius::mail {
namespace {

// UIDs are sparse in an old mailbox: windows without a letter in them grow.
constexpr std::int64_t first_width = 1'000, widest = 65'536;
// A command has a thousand octets (RFC 2683 3.2.1.5): fifty UIDs and their commas.
constexpr std::size_t most_at_once = 50;
constexpr std::uint64_t bytes_at_once = 4'000'000;

// The day from which on a letter may have come since: a server's days begin in its own time zone.
// "1-Feb-1994" (RFC 3501 9, date).
std::string first_day(Time since) {
  constexpr auto months = std::to_array<std::string_view>(
      {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(since) - std::chrono::days{2}};
  const auto month = months[static_cast<unsigned>(date.month()) - 1];
  return std::to_string(static_cast<unsigned>(date.day())) + "-" + std::string(month) + "-" +
         std::to_string(static_cast<int>(date.year()));
}

std::string number_set(const std::vector<std::int64_t>& uids) {
  std::string out;
  for (const auto uid : uids) out += (out.empty() ? "" : ",") + std::to_string(uid);
  return out;
}

}  // namespace

void ImapDialogue::begin(const ImapStatus& status) {
  if (status.condition != ImapCondition::ok) return fail(ImapFault::folder, status.text);
  if (validity_ == 0) return fail(ImapFault::folder, "the server keeps no UIDs for this folder");
  is_read_only_ = has_code(status, "READ-ONLY");
  if (is_read_only_) remark("the folder is for reading alone: letters are not marked as seen");
  if (uid_next_ > 0 || exists_ == 0) return settle_place();
  command(Step::newest, "UID FETCH * (UID)");  // as servers before RFC 3501 may want it
}

void ImapDialogue::settle_place() {
  const bool was_asked = step_ == Step::newest;
  last_ = std::int64_t{uid_next_} - (was_asked ? 0 : 1);
  if (was_asked && uid_next_ == 0) return fail(ImapFault::folder, "the server tells no UIDs");
  if (place_.validity != validity_) begin_anew();
  for (const auto uid : place_.later) {
    if (uid > place_.done)
      queue_.emplace(uid, std::nullopt);
    else
      again_.push_back(uid);
  }
  cursor_ = place_.done + 1;
  if (exists_ == 0) cursor_ = std::max(cursor_, last_ + 1);
  width_ = first_width;
  // What was being moved is among the others: searched first, all are given oldest first, and once.
  queue_.empty() ? proceed() : search();
}

// In a folder that we have never read what somebody has seen was theirs. In one that was made anew (a backup,
// a move to another server) it may have come since we read last, and a filter has marked it; what we have had
// is known.
void ImapDialogue::begin_anew() {
  const bool is_dated = place_.saved_at != Time{};
  if (place_.validity != 0)
    remark("the folder was made anew: what nobody has seen is read" +
           (is_dated ? ", and what came since " + first_day(place_.saved_at) : ""));
  place_ = {validity_, 0, {}, std::max<std::int64_t>(last_ + 1, 1), place_.saved_at};
}

// Of what was there before us.
std::string ImapDialogue::wanted() const {
  if (place_.saved_at == Time{}) return " UNSEEN";
  return " OR UNSEEN SINCE " + first_day(place_.saved_at);
}

void ImapDialogue::search() {
  found_.clear();
  if (cursor_ > last_) {
    look_again_ = false;
    searched_to_ = UINT32_MAX;
    return command(Step::search, "UID SEARCH UID " + std::to_string(cursor_) + ":*");
  }
  const bool is_old = cursor_ < place_.fresh;
  searched_to_ = std::min(cursor_ + width_ - 1, is_old ? std::min(last_, place_.fresh - 1) : last_);
  const std::string range = std::to_string(cursor_) + ":" + std::to_string(searched_to_);
  command(Step::search, "UID SEARCH UID " + range + (is_old ? wanted() : ""));
}

// "n:*" finds the last letter where none is as high as n (RFC 3501 9, seq-range).
void ImapDialogue::take_found() {
  const bool is_open = searched_to_ == UINT32_MAX;
  std::int64_t highest = cursor_ - 1;
  for (const std::int64_t uid : std::exchange(found_, {})) {
    if (uid < cursor_ || uid > searched_to_) continue;
    queue_.emplace(uid, std::nullopt);
    highest = std::max(highest, uid);
  }
  width_ = highest < cursor_ ? std::min(2 * width_, widest) : first_width;
  cursor_ = is_open ? highest + 1 : searched_to_ + 1;
  proceed();
}

// Those that were put off, a batch of them: what comes meanwhile is read before the next.
void ImapDialogue::retry() {
  for (std::size_t n = 0; n < most_at_once && !again_.empty(); ++n) {
    queue_.emplace(again_.front(), std::nullopt);
    again_.pop_front();
  }
  ask_sizes();
}

void ImapDialogue::ask_sizes() {
  asking_.clear();
  for (const auto& [uid, size] : queue_) {
    if (size || asking_.size() == most_at_once) break;
    asking_.push_back(uid);
  }
  command(Step::sizes, "UID FETCH " + number_set(asking_) + " (UID RFC822.SIZE)");
}

// What the server does not know any more has been taken away. Where it refuses one of them (RFC 2180 4.1),
// the fetch will tell which.
void ImapDialogue::take_sizes(bool complete) {
  for (const auto uid : asking_) {
    const auto letter = queue_.find(uid);
    if (letter->second) continue;
    if (complete)
      queue_.erase(letter);
    else
      letter->second = 0;
  }
  proceed();
}

void ImapDialogue::fetch() {
  std::vector<std::int64_t> wanted;
  for (batch_bytes_ = 0; !queue_.empty();) {
    const auto [uid, size] = *queue_.begin();
    const bool too_long = size && *size > task_.longest_letter;
    const bool fits = wanted.empty() || (!singly_ && batch_bytes_ + size.value_or(0) <= bytes_at_once);
    if (!size || batch_.size() == most_at_once || (!too_long && !fits)) break;
    queue_.erase(queue_.begin());
    batch_[uid] = too_long ? Fate::too_long : Fate::asked;
    if (too_long) continue;
    wanted.push_back(uid);
    batch_bytes_ += *size;
  }
  batch_bytes_ = 0;  // from now on: those that have come
  note_moving();
  if (wanted.empty()) return mark();
  command(Step::fetch, "UID FETCH " + number_set(wanted) + " (UID BODY.PEEK[])");
}

// Killed between STORE and MOVE, the old ones are seen, and no search finds them any more.
void ImapDialogue::note_moving() {
  if (task_.move_to.empty() || is_read_only_ || !(can_move_ || can_expunge_)) return;
  for (const auto& [uid, fate] : batch_)
    if (uid < place_.fresh) place_.later.insert(uid);
}

void ImapDialogue::take_body(std::int64_t uid, ImapLiteral body) {
  const auto letter = batch_.find(uid);
  if (letter == batch_.end() || letter->second != Fate::asked) return;
  // Some servers guess the size (RFC822.SIZE of Exchange): it is only known now.
  letter->second = body.is_cut ? Fate::too_long : Fate::given;
  if (body.is_cut) return;
  batch_bytes_ += body.bytes.size();
  if (batch_bytes_ > 2 * (task_.longest_letter + bytes_at_once))
    return fail(ImapFault::nonsense, "the server gives far more than it said");
  letters_.push_back({uid, std::move(body.bytes)});
}

// A letter that was there a moment ago and is not given is tried again later. Where several are refused at
// once, it may be for one of them.
void ImapDialogue::take_fetched(bool complete) {
  const bool were_several = batch_.size() > 1;
  for (auto it = batch_.begin(); it != batch_.end();) {
    auto& [uid, fate] = *it;
    const bool again = fate == Fate::asked && !complete && were_several;
    if (again) queue_.emplace(uid, 0);
    if (fate == Fate::asked) fate = Fate::put_off;
    singly_ = singly_ || again;
    it = again ? batch_.erase(it) : std::next(it);
  }
  step_ = Step::deciding;
  settle();
}

void ImapDialogue::answer(std::int64_t uid, bool taken) {
  const auto letter = batch_.find(uid);
  if (is_over() || letter == batch_.end() || letter->second != Fate::given) return;
  letter->second = taken ? Fate::taken : Fate::put_off;
  std::size_t& failures = uid <= place_.done ? failures_again_ : failures_;
  if (taken)
    failures = failures_ = 0;
  else
    ++failures;
  settle();
}

void ImapDialogue::settle() {
  if (step_ != Step::deciding) return;
  const auto is_given = [](const auto& letter) { return letter.second == Fate::given; };
  if (std::ranges::none_of(batch_, is_given)) mark();
}

std::string ImapDialogue::batch_set(bool with_too_long) const {
  std::vector<std::int64_t> uids;
  for (const auto& [uid, fate] : batch_)
    if (fate == Fate::taken || (with_too_long && fate == Fate::too_long)) uids.push_back(uid);
  return number_set(uids);
}

void ImapDialogue::mark() {
  const std::string uids = batch_set(true);
  if (uids.empty() || is_read_only_) return finish_batch();
  command(Step::seen, "UID STORE " + uids + " +FLAGS.SILENT (\\Seen)");
}

// A plain EXPUNGE would take away what others have marked: without UIDPLUS letters stay.
void ImapDialogue::move() {
  const std::string uids = batch_set(false);
  if (uids.empty() || task_.move_to.empty()) return finish_batch();
  if (can_move_) return command(Step::move, "UID MOVE " + uids + " " + task_.move_to);
  if (can_expunge_) return command(Step::copy, "UID COPY " + uids + " " + task_.move_to);
  remark("the server has neither MOVE nor UIDPLUS: letters stay where they are");
  finish_batch();
}

void ImapDialogue::take_moved(const ImapStatus& status) {
  const bool ok = status.condition == ImapCondition::ok;
  if (ok && step_ == Step::copy)
    return command(Step::deleted, "UID STORE " + batch_set(false) + " +FLAGS.SILENT (\\Deleted)");
  if (ok) return finish_batch();
  if (has_code(status, "TRYCREATE") && !std::exchange(has_made_folder_, true))
    return command(Step::create, "CREATE " + task_.move_to);
  remark("letters cannot be moved: " + status.text);
  finish_batch();
}

void ImapDialogue::take_removed(const ImapStatus& status) {
  if (status.condition != ImapCondition::ok)
    remark("letters that were copied cannot be removed: " + status.text);
  else if (step_ == Step::deleted)
    return command(Step::expunge, "UID EXPUNGE " + batch_set(false));
  finish_batch();
}

void ImapDialogue::finish_batch() {
  for (const auto& [uid, fate] : std::exchange(batch_, {})) {
    if (fate == Fate::put_off) put_off_.insert(uid);
    if (fate == Fate::too_long)
      remark("letter " + std::to_string(uid) + " is longer than we read; it stays, marked as seen");
  }
  proceed();
}

void ImapDialogue::note_place() {
  if (place_.validity == 0) return;
  std::set<std::int64_t> later = put_off_;
  later.insert(again_.begin(), again_.end());
  const auto unread = queue_.upper_bound(place_.done);
  place_.done = (unread == queue_.end() ? cursor_ : unread->first) - 1;
  if (!later.empty()) place_.done = std::max(place_.done, std::min(*later.rbegin(), cursor_ - 1));
  for (auto it = queue_.begin(); it != queue_.end() && it->first <= place_.done; ++it)
    later.insert(it->first);
  for (const auto uid : place_.later)
    if (queue_.contains(uid)) later.insert(uid);
  place_.later = std::move(later);
}

}  // namespace tertius::mail
