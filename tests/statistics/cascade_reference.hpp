// What theory says about cascades on large random graphs with Poisson numbers of contacts.
#pragma once

namespace spillway::testing {

/// P(Poisson(mean) >= least).
double poisson_tail(double mean, int least);

/// Who is left when everybody with fewer than k contacts left goes, again and again (the k-core; Pittel, Spencer and Wormald 1996).
/// mu, the mean number of a core contact's further core contacts, is the largest solution of mu = c P(Poisson(mu) >= k-1), c the mean
/// number of contacts; the core has P(Poisson(mu) >= k) of all, none if mu = 0.
double core_share(double contacts, int k);

struct CoreOnset {
  double contacts;  ///< fewest mean contacts with a core: min over mu of mu / P(Poisson(mu) >= k-1)
  double share;     ///< its size there: a jump
};
CoreOnset core_onset(int k);

/// Who joins in the end when everybody joins whose share of member contacts is above `threshold`, from a random share `first`
/// (Gleeson and Cahalane 2007): q, the chance that a contact joins before oneself, is the smallest solution of
/// q = first + (1-first) sum_d (d p_d / c) P(Binomial(d-1, q) > threshold d); then the same with p_d and Binomial(d, q).
double cascade_share(double contacts, double threshold, double first);

}  // namespace spillway::testing
