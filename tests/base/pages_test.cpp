// Memory for columns: zero wherever it comes from, aligned, and the same for any number of threads.
#include "base/pages.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace spillway {

namespace {
constexpr std::size_t huge = std::size_t{2} << 20;

bool all_zero(const Pages& pages, std::size_t bytes) {
  return std::all_of(pages.data(), pages.data() + bytes, [](std::byte b) { return b == std::byte{0}; });
}
}  // namespace

TEST_CASE("pages are zero and aligned, also where memory was used before", "[threads]") {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{63}, std::size_t{5000}, huge - 1, huge, 3 * huge + 17})
    for (const int threads : {1, 2, 3, 8})
      for (int again = 0; again < 2; ++again) {
        const Pages pages(bytes, threads);
        INFO(bytes << " bytes, " << threads << " threads");
        REQUIRE(all_zero(pages, bytes));
        REQUIRE(reinterpret_cast<std::uintptr_t>(pages.data()) % (bytes >= huge ? huge : 64) == 0);
        std::fill(pages.data(), pages.data() + bytes, std::byte{0xff});
      }
}

TEST_CASE("an array on pages holds its items") {
  PageArray<std::uint32_t> array(1000, 2);
  CHECK(array.size() == 1000);
  CHECK(std::count(array.begin(), array.end(), 0U) == 1000);
  array[999] = 7;
  CHECK(*(array.end() - 1) == 7);
  const PageArray<std::uint32_t> moved = std::move(array);
  CHECK(moved[999] == 7);
  CHECK(PageArray<std::uint32_t>().size() == 0);
}

}  // namespace spillway
