#pragma once
// The coach's rules, one function each. A rule gives a remark for each thing it finds wrong, and none for
// what it cannot judge: grammar is only judged in English.

#include "broker/coach_reading.hpp"

namespace tertius::rules {

// The subject and the people (coach_people.cpp).
Remarks subject_names_target(const Reading& reading);    // Q1
Remarks subject_says_something(const Reading& reading);  // Q2
Remarks one_target(const Reading& reading);              // Q17
Remarks no_other_open(const Reading& reading);           // Q18
Remarks names_spelled(const Reading& reading);           // Q19
Remarks budget_left(const Reading& reading);             // Q22

// The pitch can be forwarded as it stands (coach_forwardable.cpp).
Remarks starts_fresh(const Reading& reading);       // Q3
Remarks needs_no_editing(const Reading& reading);   // Q4
Remarks keeps_secrets_out(const Reading& reading);  // Q21

// What the pitch says (coach_why.cpp, coach_pitch.cpp) and asks (coach_ask.cpp).
Remarks says_why_target(const Reading& reading);         // Q5
Remarks says_who_requester_is(const Reading& reading);   // Q6
Remarks says_what_target_gains(const Reading& reading);  // Q9
Remarks asks_one_thing(const Reading& reading);          // Q7
Remarks few_questions(const Reading& reading);           // Q8
Remarks deadline_has_reason(const Reading& reading);     // Q24
Remarks purpose_fits(const Reading& reading);            // Q16

// How it reads (coach_style.cpp).
Remarks length_is_right(const Reading& reading);  // Q10
Remarks reads_easily(const Reading& reading);     // Q11
Remarks fits_a_phone(const Reading& reading);     // Q12
Remarks is_courteous(const Reading& reading);     // Q14
Remarks does_not_shout(const Reading& reading);   // Q15

// The cover note (coach_note.cpp).
Remarks gives_easy_out(const Reading& reading);  // Q13
Remarks says_how_known(const Reading& reading);  // Q20
Remarks tie_is_real(const Reading& reading);     // Q23

}  // namespace tertius::rules
