#include "report/page_template.hpp"

// The assembler puts the file in as it is: no tool to run, no array of numbers to compile, no limit on literals. #embed is not in these
// compilers yet. SPILLWAY_PAGE is the file's path; CMake rebuilds this file when that one changes.
asm(".pushsection .rodata\n"
    ".global spillway_page_begin\n"
    ".hidden spillway_page_begin\n"
    ".global spillway_page_end\n"
    ".hidden spillway_page_end\n"
    "spillway_page_begin:\n"
    ".incbin \"" SPILLWAY_PAGE
    "\"\n"
    "spillway_page_end:\n"
    ".popsection\n");

extern "C" {
[[gnu::visibility("hidden")]] extern const char spillway_page_begin[];
[[gnu::visibility("hidden")]] extern const char spillway_page_end[];
}

namespace spillway {

std::string_view page_template() { return {spillway_page_begin, static_cast<std::size_t>(spillway_page_end - spillway_page_begin)}; }

}  // namespace spillway
