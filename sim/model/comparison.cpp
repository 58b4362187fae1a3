#include "model/comparison.hpp"

namespace spillway {

std::string_view to_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::identical: return "identical";
    case Verdict::within_noise: return "within noise";
    case Verdict::differs: return "differs";
    case Verdict::unknown: break;
  }
  return "unknown";
}

}  // namespace spillway
