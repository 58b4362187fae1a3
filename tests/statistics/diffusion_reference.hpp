// What theory says about diffusion without exits: expected shares, and how far a run of N agents strays from them.
#pragma once

#include <vector>

#include "model/graph.hpp"
#include "model/scenario.hpp"

namespace spillway::testing {

/// Hazards per year: of joining by oneself (p), and with all contacts members on top (q).
struct Rates {
  double innovation;
  double imitation;
};

/// Expected share of members and the standard deviation of a run's share times sqrt(N).
struct Reference {
  double share;
  double spread;
};

/// Complete mixing (Bass; p = 0: logistic), from share `first`.
///
/// Spread: the share obeys dF = f dt + sqrt(f/N) dW with f(F) = (1-F)(p+qF). A small deviation x follows dx = f'(F) x dt + noise,
/// whose propagator is f(F(t))/f(F(s)), so N var = f(F)^2 int f(F(s))/f(F(s))^2 ds = f(F)^2 int_first^F dG/f(G)^2.
/// At the peak of Bass this is about q/(16 p).
Reference mixing(Rates rates, double years, double first = 0.0);

/// Random graph in which everybody has `degree` contacts, hazard p + q (member contacts)/degree.
///
/// Share: theta' = -(q/d)(theta - e^(-pt) theta^(d-1)), theta(0) = 1, F = 1 - e^(-pt) theta^d.
/// Spread: reveal ties only when used. Of the unused tie ends, d belong to each outsider and A to members; a member's end is
/// used at rate q/d and meets a uniform other end. Then (outsiders S, ends A) is a Markov chain with jumps (-1, d) at rate pS,
/// (-1, d-2) at rate q A S/T and (0, -2) at rate (q/d) A^2/T, T = dS + A; its linear noise equation
/// C' = J C + C J^T + sum of rate times jump jump^T is integrated.
/// `step_years`: time step of the engine, for `bias`.
struct RegularReference {
  double share;
  double spread;
  double chain_share;  ///< 1 - S/N of the chain: must equal `share`
  double bias;         ///< of the share, because peers are frozen within a tick and only moved ahead by their global growth
};
RegularReference random_regular_reference(Rates rates, int degree, double years, double step_years);

/// Separate cliques of `size`: the number of members of a clique is a pure birth process, (size-j)(p + q j/(size-1)) from j on.
/// Its distribution gives both the mean and, with N/size independent cliques, N var = var(number)/size.
Reference clique(Rates rates, int size, double years);

struct Observation {
  double years;  ///< exact, a whole number of ticks
  double share;  ///< members of the first platform per agent
};

/// Runs the engine to the tick boundaries nearest to `years` (ascending). The first observation is the start.
std::vector<Observation> observe(const Scenario& scenario, const std::vector<double>& years, const Graph& graph = {});

}  // namespace spillway::testing
