#pragma once
// The parts of step() that several of its files share; nobody else includes this.

#include "broker/step.hpp"

namespace tertius::steps {

// All that one step reads.
struct Scene {
  const Introduction& before;
  const Facts& facts;
  const Policy& policy;
  Time now;
};

// A step that has moved to `to` and done nothing else yet.
Step move_to(const Scene& scene, State to, Trigger trigger);

bool has_been_asked(const Introduction& introduction, PersonId connector);
// Why this connector cannot be asked now; nothing where it can.
std::optional<Refusal> refuse_connector(const Scene& scene, PersonId connector);
// The same of the way that begins with this connector: on a long one the next has to be there, too.
std::optional<Refusal> refuse_way(const Scene& scene, PersonId connector);
// As refuse_connector but for quotas: whom no patience helps.
std::optional<Refusal> refuse_person(const Scene& scene, PersonId connector);
// T takes no introductions, or none to R.
bool is_closed_to(const Facts& facts);
// Why this target cannot be asked for now, or R not ask at all.
std::optional<Refusal> refuse_target(const Scene& scene);

// Sends the request to `connector`, as a new round.
Step ask(const Scene& scene, PersonId connector, Trigger trigger);

// R hears that it has ended, and why; the history too.
void tell_end(Step& out, std::vector<Wording> remark);
Wording target_unavailable();

// After a no, silence or a bounce: the next connector R named who can be asked, else the end in `end`. R
// hears `remark` either way.
Step next_or_end(const Scene& scene, Trigger trigger, State end, std::vector<Wording> remark);

// The held decision, or the one just made, takes effect.
Step take_effect(const Scene& scene, Role by, const Decision& decision);

StepResult decide(const Scene& scene, const Decided& event);
StepResult undo(const Scene& scene, const Undone& event);
StepResult hurry(const Scene& scene, const Hurried& event);
StepResult reword(const Scene& scene, const Reworded& event);
StepResult meet_deadline(const Scene& scene);
StepResult nudge(const Scene& scene);

}  // namespace tertius::steps
