#include "report/chart_table.hpp"

#include "report/words.hpp"

namespace spillway {

namespace {
constexpr auto lines = ChartKind::lines, bars = ChartKind::bars;

constexpr SectionRow sections[] = {
    {"users", "Users"},
    {"attention", "Attention"},
    {"reasons", "Why people join and leave"},
    {"flows", "Flows between platforms"},
    {"sellers", "Sellers"},
    {"money", "Money"},
    {"voice", "Voice"},
};

// clang-format off
constexpr ChartRow rows[] = {
    {"users", "monthly_active_users", "Monthly active users", "People who used the platform within 30 days.", "people", "monthly_active_users", lines},
    {"users", "daily_active_users", "Daily active users", "People who use the platform on a given day.", "people", "daily_active_users", lines},
    {"users", "members", "Members", "People with an account that they have not given up.", "people", "members", lines},
    {"users", "multi_homing_members", "Members who use a rival too", "Members of the platform who are also members of another one.", "people", "multi_homing_members", lines},

    {"attention", "minutes_per_member", "Time that a member spends", "Mean over all members, those who do not show up included.", "minutes a day", "minutes_per_member", lines},
    {"attention", "attention_share", "Share of everybody's time", "Part of the free time of all people online that the platform gets.", "share", "attention_share", lines, true},
    {"attention", "mean_habit", "Strength of habit", "Mean habit of members: 0 none, 1 all of their free time, day after day.", "habit", "mean_habit", lines},

    {"reasons", "joins_by_cause", "Why people joined", "Accounts opened in each year, by what brought people there.", "people a year", "joins", bars, false, "People who joined"},
    {"reasons", "exits_by_cause", "Why people left", "Accounts given up in each year, by the reason.", "people a year", "exits", bars, false, "People who left"},

    {"flows", "account_flow", "People who moved between platforms", "By where they went: people mainly on one platform who joined another, or gave the first up for it.", "people a year", "account_flow", bars},
    {"flows", "attention_flow", "Attention that moved between platforms", "By where it went: one person who moves all of his free time counts as one.", "people a year", "attention_flow", bars},
    {"flows", "cross_promotion", "Promotion of accounts on another platform", "By the platform promoted: how often sellers' posts would have moved a follower there, and how often a ban stopped it.", "pulls a year", "cross_promotion_passed cross_promotion_blocked", bars},

    {"sellers", "suppliers", "Sellers, brands, media and celebrities with an account", "All who post to an audience.", "suppliers", "suppliers", lines},
    {"sellers", "suppliers_by_kind", "Who has an account, by kind", "At the end of each year.", "suppliers", "suppliers", bars},
    {"sellers", "effort_share", "Where sellers post", "Share of all suppliers' posting effort.", "share", "effort_share", lines, true},
    {"sellers", "followers", "Followers of sellers, brands, media and celebrities", "One person who follows ten of them counts ten times.", "follows", "followers", lines},
    {"sellers", "seller_revenue", "What suppliers earn, by source", "Before the platform's fees and its share of sales.", "yuan a year", "seller_revenue", bars, false, "What suppliers earn"},

    {"money", "platform_revenue", "Revenue of the platforms", "Advertising, and what suppliers pay them.", "yuan a year", "ad_revenue seller_payments", bars},
    {"money", "ad_load", "Advertising load", "Share of what users see that is advertising.", "share", "ad_load", lines, true},
    {"money", "commission_paid", "Commission for bringing buyers", "What the marketplace pays suppliers for traffic from the platform.", "yuan a year", "commission_paid", bars},

    {"voice", "complaints", "Complaints", "Complaints in each year, by what became of them.", "complaints a year", "complaints", bars},
    {"voice", "mean_irritation", "Irritation of members", "Mean over members, in the utility that it takes away.", "utils", "mean_irritation", lines},
    {"voice", "pressure", "People who would rather be elsewhere", "By where they would rather be: people who would like it better there than on their best platform, and have no account.", "people", "pressure", lines},
};
// clang-format on

struct PlainLabel {
  std::string_view label, words;
};
constexpr PlainLabel plain_labels[] = {
    {"spontaneous", "by themselves"},
    {"peer", "drawn by friends"},
    {"drag", "led by sellers' promotion"},
    {"baseline", "for reasons of their own"},
    {"disuse", "no longer used it"},
    {"threshold", "friends had left"},
    {"celebrity", "celebrities"},
    {"brand", "brands"},
    {"small_seller", "small sellers"},
    {"sales", "own sales"},
    {"incentive", "worth of verification"},
    {"ad_revenue", "advertising"},
    {"seller_payments", "fees and share of sales"},
    {"cross_promotion_passed", "got through"},
    {"cross_promotion_blocked", "stopped by a ban"},
};
}  // namespace

std::span<const SectionRow> section_rows() { return sections; }
std::span<const ChartRow> chart_rows() { return rows; }

std::string plain_label(std::string_view label) {
  for (const PlainLabel& row : plain_labels)
    if (row.label == label) return std::string(row.words);
  return in_words(label);
}

}  // namespace spillway
