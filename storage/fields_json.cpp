#include "storage/fields_json.hpp"

#include <boost/json.hpp>

#include "storage/db.hpp"

namespace tertius::storage {
namespace {

namespace json = boost::json;

json::object object_of(const Fields& fields);

json::array array_of(const std::vector<Fields>& elements) {
  json::array array;
  for (const Fields& element : elements) array.push_back(object_of(element));
  return array;
}

json::object object_of(const Fields& fields) {
  json::object values, sections, all;
  for (const auto& [name, text] : fields.values) values[name] = text;
  for (const auto& [name, elements] : fields.sections) sections[name] = array_of(elements);
  if (!values.empty()) all["values"] = std::move(values);
  if (!sections.empty()) all["sections"] = std::move(sections);
  return all;
}

Fields fields_of(const json::object& object) {
  Fields fields;
  if (const json::value* values = object.if_contains("values"))
    for (const auto& [name, text] : values->as_object()) fields.values[name] = text.as_string();
  if (const json::value* sections = object.if_contains("sections")) {
    for (const auto& [name, elements] : sections->as_object()) {
      std::vector<Fields>& section = fields.sections[name];
      for (const json::value& element : elements.as_array())
        section.push_back(fields_of(element.as_object()));
    }
  }
  return fields;
}

// Boost.JSON throws its own kinds where the text or its shape is wrong; to our callers it is one damaged row.
template <class Read>
auto read(const std::string& text, Read take) {
  try {
    json::monotonic_resource memory;  // freed at once: a notice has hundreds of small values
    return take(json::parse(text, &memory));
  } catch (const std::exception& damage) {
    throw StorageError(StorageTrouble::broken, "damaged JSON in the database: " + std::string(damage.what()));
  }
}

}  // namespace

std::string fields_json(const Fields& fields) { return json::serialize(object_of(fields)); }

Fields read_fields(const std::string& text) {
  return read(text, [](const json::value& value) { return fields_of(value.as_object()); });
}

std::string people_json(const std::vector<PersonId>& people) {
  json::array array;
  for (const PersonId person : people) array.push_back(number(person));
  return json::serialize(array);
}

std::vector<PersonId> read_people(const std::string& text) {
  return read(text, [](const json::value& value) {
    std::vector<PersonId> people;
    for (const json::value& person : value.as_array()) people.push_back(PersonId{person.as_int64()});
    return people;
  });
}

}  // namespace tertius::storage
