#pragma once
// The client's side of IMAP after the login (RFC 3501): gives the letters of one folder, oldest first, and
// last those that could not be taken before, each once it is wholly here, and marks those as seen (or moves
// them, RFC 6851 or 4315) that the caller has taken; then waits for more (IDLE, RFC 2177, or a look now and
// then). A pure machine: bytes in, bytes out, no clock and no socket. It promises that no letter is marked
// before answer(), that one which was not taken is given again, and that place() never passes one by. The
// server is a stranger: what it says is bounded, and nonsense ends the dialogue with a failure.
//
//   loop: write output(), call wrote(n); feed receive(bytes) or lost(why);
//   take_place() -> keep it, the next dialogue begins there; take_letter() -> commit -> answer(uid, taken);
//   is_waiting(): look() after a while; is_over(): failure() says why, close the connection.

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "broker/time.hpp"
#include "mail/imap_reader.hpp"
#include "mail/imap_response.hpp"

namespace tertius::mail {

// How far a folder is read. UIDs are 32 bits wide; one past the last is not.
struct ImapPlace {
  std::int64_t validity = 0;          // UIDVALIDITY; 0: it was never read
  std::int64_t done = 0;              // all up to here is dealt with, but for
  std::set<std::int64_t> later = {};  // these, which could not be taken; above `done`: being moved
  std::int64_t fresh = 1;             // below it only what nobody had seen is ours
  Time saved_at = {};                 // and, in a folder made anew, what came since; 0: nothing
  friend bool operator==(const ImapPlace&, const ImapPlace&) = default;
};

struct ImapTask {
  std::string folder;   // as imap_folder() writes it
  std::string move_to;  // too; empty: what is taken stays
  ImapPlace place = {};
  std::size_t longest_letter = 25'000'000;
};

struct CollectedLetter {
  std::int64_t uid = 0;
  std::string bytes;
};

enum class ImapFault {
  lost,      // the connection, or the server says BYE
  nonsense,  // it does not speak IMAP, or too much of it
  folder,    // it does not let us have it
};
struct ImapFailure {
  ImapFault fault{};
  std::string text;
};

class ImapDialogue {
 public:
  explicit ImapDialogue(ImapTask task);

  void receive(std::string_view bytes);
  // The connection is gone, or silent for longer than patience().
  void lost(std::string_view why);
  std::string_view output() const { return std::string_view(output_).substr(written_); }
  void wrote(std::size_t bytes);

  std::optional<CollectedLetter> take_letter();
  void answer(std::int64_t uid, bool taken);  // after the commit; in any order
  std::optional<ImapPlace> take_place();      // where it has changed
  std::optional<std::string> take_remark();   // for the log

  void look();       // is there anything new? Also shows that the connection lives
  void try_again();  // what was not taken, too
  void leave();      // says goodbye once the letters under way are answered and marked

  bool is_waiting() const { return step_ == Step::idling || step_ == Step::resting; }
  bool is_idling() const { return step_ == Step::idling; }  // the server tells by itself
  bool is_deciding() const { return step_ == Step::deciding; }
  bool has_put_off() const { return !put_off_.empty(); }
  bool is_over() const { return step_ == Step::over; }
  const std::optional<ImapFailure>& failure() const { return failure_; }  // none after leave()
  // How long the server may be silent now, while it is not waiting and we are not deciding.
  std::chrono::seconds patience() const;

 private:
  enum class Step {
    capability,
    select,
    newest,
    search,
    sizes,
    fetch,
    deciding,
    seen,
    move,
    create,
    copy,
    deleted,
    expunge,
    idle_asked,
    idling,
    idle_ending,
    resting,
    poll,
    farewell,
    over
  };
  enum class Fate { asked, given, taken, put_off, too_long };

  // imap_dialogue.cpp
  void command(Step step, const std::string& text);
  bool awaits_answer() const;
  void take_response(ImapResponse response);
  void take_untagged(ImapResponse response);
  void take_condition(const ImapStatus& status);
  void take_count(const ImapCount& count);
  void take_fetch(ImapResponse response);
  void take_done(const ImapStatus& status);
  void take_go_ahead();
  void end_idle();
  void proceed();
  bool may_begin();
  void wait();
  void fail(ImapFault fault, std::string text);
  void remark(std::string text);
  // imap_reading.cpp: what is searched, fetched and marked
  void begin(const ImapStatus& status);
  void settle_place();
  void begin_anew();
  void search();
  std::string wanted() const;
  void take_found();
  void retry();
  void ask_sizes();
  void take_sizes(bool complete);
  void fetch();
  void take_body(std::int64_t uid, ImapLiteral body);
  void take_fetched(bool complete);
  void settle();
  void mark();
  void move();
  void take_moved(const ImapStatus& status);
  void take_removed(const ImapStatus& status);
  void finish_batch();
  void note_moving();
  void note_place();
  std::string batch_set(bool with_too_long) const;

  ImapTask task_;
  ImapReader reader_;
  std::string output_;
  std::size_t written_ = 0;
  Step step_{};
  std::uint64_t tag_ = 0;
  std::size_t answers_ = 0;  // untagged, since the last command
  std::optional<ImapFailure> failure_;
  std::deque<std::string> remarks_;

  bool can_idle_ = false, can_move_ = false, can_expunge_ = false;
  bool is_read_only_ = false, has_made_folder_ = false, leaving_ = false;
  std::uint32_t exists_ = 0, validity_ = 0, uid_next_ = 0;

  ImapPlace place_, told_place_;
  std::int64_t cursor_ = 1;       // what is below has been searched
  std::int64_t last_ = 0;         // the highest UID at SELECT
  std::int64_t width_ = 0;        // of the next window
  std::int64_t searched_to_ = 0;  // by the SEARCH under way
  std::vector<std::uint32_t> found_;
  bool look_again_ = false;
  bool ends_idle_ = false;  // the IDLE under way is to end as soon as it has begun

  std::map<std::int64_t, std::optional<std::uint64_t>> queue_;  // to be read, with their sizes once known
  std::vector<std::int64_t> asking_;                            // for their sizes
  std::map<std::int64_t, Fate> batch_;                          // under way
  std::uint64_t batch_bytes_ = 0;
  std::set<std::int64_t> put_off_;  // until try_again()
  std::deque<std::int64_t> again_;  // after that, when nothing new is left: those first that were so longest
  std::size_t failures_ = 0, failures_again_ = 0;  // in a row, of new letters and of those tried before
  bool has_put_off_enough_ = false;
  std::deque<CollectedLetter> letters_;
  bool singly_ = false;  // the server has refused several letters at once
};

}  // namespace tertius::mail
