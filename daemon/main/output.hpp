#pragma once
// What commands print: JSON for scripts, tables for people. What strangers wrote is shown without control
// characters, so that it cannot speak to the terminal.

#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "broker/introduction.hpp"
#include "broker/person.hpp"

namespace tertius::daemon {

std::string printable(std::string_view text);  // one line
void print_json(const boost::json::value& value);
// Columns as wide as their widest cell; the first row is the header.
void print_table(const std::vector<std::vector<std::string>>& rows);

boost::json::value to_json(const Person& person);
boost::json::value to_json(const Introduction& introduction);
std::string iso_time(Time time);  // "2026-03-09T14:05:00Z"

}  // namespace tertius::daemon
