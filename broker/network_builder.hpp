#pragma once
// Makes a Network of people and ties that come one after another, in any order. Holds 9 bytes a tie while
// they come; build() takes 6 more for each end of a tie.

#include <vector>

#include "broker/network.hpp"

namespace tertius {

class NetworkBuilder {
 public:
  // Nobody else is in the network: other ties are left out, as are those of a person with themselves.
  explicit NetworkBuilder(std::vector<NetworkPerson> people);

  void add_tie(PersonId owner, PersonId contact, TieCode code);  // doubled ones count as both_codes()
  void add_refusal(Refused refusal);
  Network build() &&;

 private:
  void count_ends();
  void place_ends();
  void sort_ends();

  Network network_;
  std::shared_ptr<Network::Array> array_;
  std::vector<Network::Node> owners_, contacts_;
  std::vector<TieCode> codes_;
};

}  // namespace tertius
