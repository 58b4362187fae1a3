#include "study/sweep_report.hpp"

#include "base/error.hpp"
#include "model/study.hpp"
#include "report/sweep_document.hpp"

namespace spillway {

bool has_sensitivity(const Recording& sweep) {
  const std::string design = sweep.attribute("design");
  for (const DesignKind kind : {DesignKind::grid, DesignKind::list, DesignKind::one_at_a_time})
    if (design == to_text(kind)) return false;
  return true;
}

PageDocument sweep_page(const Recording& sweep) {
  if (!has_sensitivity(sweep)) return sweep_document(sweep, nullptr);
  try {
    const Sensitivity found = sensitivity_of(sweep, {});
    return sweep_document(sweep, &found);
  } catch (const InputError& too_little) {
    PageDocument document = sweep_document(sweep, nullptr);
    document.warnings.emplace_back(too_little.what());
    return document;
  }
}

}  // namespace spillway
