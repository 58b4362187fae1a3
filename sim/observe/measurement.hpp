// From people to what companies and surveys count. Everything here reads the market and changes nothing in it, so that a definition can
// be fitted without bending behaviour.
//
// All take the sample and a platform (the surveys' one none) and return accounts or persons; the last argument is for the table of
// observables. People outside the simulated population belong to no segment, and a platform has none before its launch.
#pragma once

#include "observe/observables.hpp"

namespace spillway {

/// Accounts ever registered: people who ever joined times accounts per person, and accounts of people outside.
double accounts_ever(const Sample& s, std::size_t k, std::size_t);

/// Accounts that the company counts as active within a month.
double monthly_accounts(const Sample& s, std::size_t k, std::size_t);

/// Accounts that it counts as active on a day; of those outside as large a part as of the people inside, none while nobody inside is
/// active within a month.
double daily_accounts(const Sample& s, std::size_t k, std::size_t);

/// Persons who say in a survey that they used a broadcast platform, of any provider, within half a year.
double surveyed_broadcast_users(const Sample& s, std::size_t, std::size_t);

/// Members who used one of the simulated broadcast platforms within half a year, in people.
double broadcast_users(const Sample& s, std::size_t, std::size_t);

}  // namespace spillway
