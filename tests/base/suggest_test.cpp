// "Did you mean".
#include "base/suggest.hpp"

#include <catch2/catch.hpp>

namespace spillway {

TEST_CASE("the nearest word is suggested, a distant one is not") {
  const std::vector<std::string> words{"load", "price", "per_minute", "innovation_rate", "imitation_rate"};
  CHECK(nearest("laod", words) == "load");  // a transposition
  CHECK(nearest("loads", words) == "load");
  CHECK(nearest("pirce", words) == "price");
  CHECK(nearest("inovation_rate", words) == "innovation_rate");
  CHECK(nearest("perminute", words) == "per_minute");
  CHECK(nearest("zebra", words).empty());
  CHECK(nearest("x", words).empty());
  CHECK(nearest("", words).empty());
  CHECK(nearest("load", {}).empty());
  CHECK(nearest(std::string(10'000, 'a'), words).empty());
}

TEST_CASE("of two equally near words the first is suggested") { CHECK(nearest("cat", {"bat", "hat"}) == "bat"); }

}  // namespace spillway
