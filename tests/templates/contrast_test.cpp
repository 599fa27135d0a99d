// WCAG AA: text has a contrast of at least 4.5 to its ground, controls of at least 3, in light and in dark.

#include <gtest/gtest.h>

#include <cmath>

#include "templates/embedded.hpp"
#include "templates/render.hpp"

namespace tertius::templates {
namespace {

double linear(int channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

// WCAG 2.2, relative luminance of "#rrggbb".
double luminance(std::string_view colour) {
  const auto channel = [&](std::size_t at) {
    return linear(std::stoi(std::string{colour.substr(at, 2)}, nullptr, 16));
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(std::string_view one, std::string_view other) {
  const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
  return (light + 0.05) / (dark + 0.05);
}

// The colour behind the first `property` after `selector` and before the rule's end.
std::string colour(std::string_view css, std::string_view selector, std::string_view property) {
  const auto rule = css.find(selector);
  const auto at = css.find(property, rule);
  const auto hash = css.find('#', at);
  if (rule == css.npos || at == css.npos || hash > css.find('}', rule)) return "none";
  return std::string{css.substr(hash, 7)};
}

std::string_view embedded(std::string_view name) {
  for (const auto& file : embedded_files())
    if (file.name == name) return file.text;
  return {};
}

struct Pair {
  const char* ink;
  const char* ground;
  double least;
};

constexpr Pair pairs[] = {
    {"--ink:", "--ground:", 4.5},
    {"--ink:", "--paper:", 4.5},
    {"--ink:", "--sunk:", 4.5},
    {"--muted:", "--ground:", 4.5},
    {"--muted:", "--paper:", 4.5},
    {"--muted:", "--sunk:", 4.5},
    {"--accent:", "--ground:", 4.5},
    {"--accent:", "--paper:", 4.5},
    {"--accent-deep:", "--paper:", 4.5},
    {"--on-accent:", "--accent:", 4.5},
    {"--on-accent:", "--accent-deep:", 4.5},
    {"--bad:", "--paper:", 4.5},
    {"--good:", "--good-ground:", 4.5},
    {"--wait:", "--wait-ground:", 4.5},
    {"--bad:", "--bad-ground:", 4.5},
    {"--control:", "--paper:", 3},
    {"--p1:", "--paper:", 3},  // in plots, WCAG 1.4.11
    {"--p2:", "--paper:", 3},
    {"--p3:", "--paper:", 3},
    {"--p4:", "--paper:", 3},
    {"--p5:", "--paper:", 3},
    {"--p6:", "--paper:", 3},
    {"--p7:", "--paper:", 3},
    {"--p8:", "--paper:", 3},
};

TEST(ContrastTest, PagesHaveEnoughInLightAndDark) {
  ASSERT_TRUE(load_catalogue());
  const auto css = stylesheet();
  const auto dark_at = css.find("@media (prefers-color-scheme: dark)");
  ASSERT_NE(dark_at, css.npos);
  for (const auto& pair : pairs) {
    for (const auto part : {css.substr(0, dark_at), css.substr(dark_at)}) {
      EXPECT_GE(contrast(colour(part, ":root", pair.ink), colour(part, ":root", pair.ground)), pair.least)
          << pair.ink << " on " << pair.ground;
    }
  }
}

TEST(ContrastTest, MailsHaveEnoughInLight) {
  const auto css = embedded("notices/mail.css");
  const auto ink = [&](std::string_view rule) { return colour(css, rule, " color:"); };
  const auto ground = [&](std::string_view rule) { return colour(css, rule, "background-color:"); };
  for (const auto rule : {".content {", ".label {", ".small {", ".link {"})
    EXPECT_GE(contrast(ink(rule), ground(".paper {")), 4.5) << rule;
  EXPECT_GE(contrast(ink(".foot_cell {"), ground(".ground {")), 4.5);
  EXPECT_GE(contrast(ink(".content {"), ground(".copy {")), 4.5);
  EXPECT_GE(contrast(ink(".primary {"), ground(".primary_cell {")), 4.5);
  EXPECT_GE(contrast(ink(".plain {"), ground(".plain_cell {")), 4.5);
}

TEST(ContrastTest, MailsHaveEnoughInDark) {
  auto css = embedded("notices/en/parts/frame.html");
  css.remove_prefix(css.find("prefers-color-scheme"));
  const auto ink = [&](std::string_view rule) { return colour(css, rule, " color:"); };
  const auto ground = [&](std::string_view rule) { return colour(css, rule, "background-color:"); };
  for (const auto rule : {".content,", ".label,", ".link {"})
    EXPECT_GE(contrast(ink(rule), ground(".paper {")), 4.5) << rule;
  EXPECT_GE(contrast(ink(".label,"), ground(".ground,")), 4.5);
  EXPECT_GE(contrast(ink(".content,"), ground(".copy {")), 4.5);
  EXPECT_GE(contrast(ink(".primary {"), ground(".primary_cell {")), 4.5);
}

}  // namespace
}  // namespace tertius::templates
