#include "mail/parameters.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertius::mail {
namespace {

std::string parameter(std::string_view field, std::string_view name) {
  return decoded_parameter(read_parameters(field), name);
}

TEST(ParametersTest, ReadsValueAndParameters) {
  const auto field = read_parameters("Text/PLAIN; Charset=\"utf-8\"; format=flowed");
  EXPECT_EQ(field.value, "text/plain");
  EXPECT_EQ(find_parameter(field, "charset"), "utf-8");
  EXPECT_EQ(find_parameter(field, "format"), "flowed");
  EXPECT_EQ(find_parameter(field, "delsp"), "");
}

TEST(ParametersTest, BoundaryMayHoldASemicolon) {
  const auto field = read_parameters("multipart/mixed; boundary=\"a;b\"; charset=x");
  EXPECT_EQ(find_parameter(field, "boundary"), "a;b");
  EXPECT_EQ(find_parameter(field, "charset"), "x");
}

TEST(ParametersTest, CommentsAreNothing) {
  EXPECT_EQ(parameter("text/plain; charset=us-ascii (Plain (very) text; x=y)", "charset"), "us-ascii");
  EXPECT_EQ(read_parameters("text/html (it is; really)").value, "text/html");
  EXPECT_EQ(parameter("attachment; filename=\"a (b).txt\"", "filename"), "a (b).txt");
  EXPECT_EQ(parameter("attachment; filename=a(b.txt", "filename"), "a(b.txt");
}

TEST(ParametersTest, ContinuationsAreJoinedInOrder) {
  EXPECT_EQ(parameter("attachment; filename*1=\"la.txt\"; filename*0=\"Ho\"", "filename"), "Hola.txt");
  EXPECT_EQ(
      parameter("attachment; filename*0*=utf-8'de'J%C3%BC; filename*1=rgen; filename*2*=%21", "filename"),
      "Jürgen!");
}

TEST(ParametersTest, CharacterSplitBetweenPiecesIsWholeAgain) {
  EXPECT_EQ(parameter("attachment; filename*0*=utf-8''J%C3; filename*1*=%BCrgen", "filename"), "Jürgen");
}

TEST(ParametersTest, CharsetOfAnExtendedParameterHolds) {
  EXPECT_EQ(parameter("attachment; filename*=iso-8859-1''J%FCrgen.pdf", "filename"), "Jürgen.pdf");
  EXPECT_EQ(parameter("attachment; filename=plain.pdf; filename*=utf-8''%E2%82%AC.pdf", "filename"), "€.pdf");
}

TEST(ParametersTest, MissingPieceEndsTheValue) {
  EXPECT_EQ(parameter("attachment; filename*0=a; filename*2=c", "filename"), "a");
}

TEST(ParametersTest, WhatClientsWriteInstead) {
  EXPECT_EQ(parameter("attachment; filename=\"=?utf-8?Q?J=C3=BCrgen?=\"", "filename"), "Jürgen");
  EXPECT_EQ(parameter("attachment; filename=my file.pdf", "filename"), "my file.pdf");
  EXPECT_EQ(parameter("attachment; filename=\"open", "filename"), "open");
  EXPECT_EQ(parameter("text/plain charset=utf-8", "charset"), "utf-8");
  EXPECT_EQ(read_parameters("text/plain charset=utf-8").value, "text/plain");
  EXPECT_EQ(parameter("text/plain; charset = \"utf-8\" ; x", "charset"), "utf-8");
}

TEST(ParametersTest, NonsenseIsSkipped) {
  for (const std::string_view nonsense :
       {"", ";", ";;;=", "=", "\"", "(", "a;b=\"\\", "x*=y", "a; n*99999999999999999999=x"}) {
    EXPECT_EQ(parameter(nonsense, "n"), "") << nonsense;
  }
}

TEST(ParametersTest, FieldOfPiecesIsBounded) {
  std::string field = "attachment";
  for (int i = 0; i < 20000; ++i) field += ";a*" + std::to_string(i) + "=x";
  EXPECT_EQ(parameter(field, "a").size(), 256U);
}

}  // namespace
}  // namespace tertius::mail
