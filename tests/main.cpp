#define CATCH_CONFIG_MAIN  // Catch2 v2: the one slow translation unit
#include <catch2/catch.hpp>
