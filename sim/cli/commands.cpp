#include "cli/command.hpp"

namespace spillway {

const std::vector<Command>& commands() {
  static const std::vector<Command> table{
      {"new", "write a commented scenario to start from",
       "spillway new\n  spillway new scenarios/slow_ban.yaml --from no_ban\n  spillway new my_market.yaml --standalone", set_up_new},
      {"run", "simulate a scenario and write its trajectory",
       "spillway run scenarios/history.yaml\n  spillway run scenarios/history.yaml --users 1e5 --seed 7 -o what_if.h5 --set "
       "platforms.weibo.ads.load=0.2\n  spillway run scenarios/china_full.yaml --dry-run\n  spillway run scenarios/history.yaml "
       "--save-state 2014-01-01\n  spillway run scenarios/history.yaml --from output/history-s20141128-r0-2014-01-01.state --set "
       "time.end=2020-12-31 -o longer.h5",
       set_up_run},
      {"compare", "run worlds with the same luck and say what differs, since when, how surely",
       "spillway compare scenarios/history.yaml scenarios/no_ban.yaml\n  spillway compare scenarios/history.yaml scenarios/no_ads.yaml "
       "scenarios/early_ads.yaml --users 1e5 --replicates 16\n  spillway compare output/history-s20141128-r0.h5 my_question.yaml "
       "--until-half-width 1%",
       set_up_compare},
      {"report", "make a page (and pictures) of results, to show around",
       "spillway report output/history-s20141128-r0.h5 --open\n  spillway report history.h5 no_ban.h5 -o what_if.html\n  spillway report "
       "comparison.h5 --images slides",
       set_up_report},
      {"sweep", "run a study at all its points, here or on a cluster, and gather the results",
       "spillway sweep plan scenarios/sweeps/ad_load_by_ban.yaml\n  spillway sweep run scenarios/sweeps/ad_load_by_ban.yaml\n  spillway "
       "sweep slurm scenarios/sweeps/ad_load_by_ban.yaml --shards 8 --submit\n  mpirun -n 8 spillway sweep run my_study.yaml\n  spillway "
       "sweep status my_study.yaml",
       set_up_sweep},
      {"calibrate", "fit parameters to a record, and say how sure they are",
       "spillway calibrate scenarios/calibrations/history.yaml\n  spillway calibrate my_record.yaml --set method.points=300 -o trial\n  "
       "spillway calibrate my_record.yaml --set fit_until=2012-12-31 -o output/until_2012\n  spillway calibrate my_record.yaml --plan",
       set_up_calibrate},
      {"forecast", "run what a calibration left open to the end, beside curves fitted to the same data",
       "spillway forecast scenarios/calibrations/history.yaml output/calibrations/history/posterior.csv", set_up_forecast},
      {"check", "read a scenario, a study or a calibration and report every problem in it",
       "spillway check my_question.yaml\n  spillway check my_question.yaml --resolved\n  spillway check scenarios/history.yaml --strict "
       "--set platforms.weibo.ads.load=0.2\n  spillway check scenarios/sweeps/ad_load_by_ban.yaml",
       set_up_check},
      {"completion", "print what teaches a shell to complete commands, options and keys",
       "spillway completion bash > ~/.local/share/bash-completion/completions/spillway\n  spillway completion zsh > ~/.zfunc/_spillway\n  "
       "spillway completion fish > ~/.config/fish/completions/spillway.fish",
       set_up_completion},
      {"describe", "list parameters and policies, or print the whole manual",
       "spillway describe policies\n  spillway describe phases\n  spillway describe --manual", set_up_describe},
      {"diff", "say what differs between two scenarios, key by key",
       "spillway diff scenarios/my_question.yaml\n  spillway diff scenarios/history.yaml scenarios/no_ban.yaml -v\n  spillway diff "
       "output/history-s20141128-r0.h5 scenarios/history.yaml --exit-code\n  spillway diff scenarios/history.yaml --set "
       "platforms.weibo.ads.load=0.2",
       set_up_diff},
      {"explain", "say what one scenario key means", "spillway explain platforms.weibo.ads.load\n  spillway explain habit", set_up_explain},
      {"export", "write the numbers of a result as CSV tables",
       "spillway export output/history-s20141128-r0.h5 --csv\n  spillway export output/history-s20141128-r0.h5 --csv -o users.csv "
       "--series monthly_active_users members",
       set_up_export},
      {"info", "say what is in a result file or a saved state",
       "spillway info output/history-s20141128-r0.h5\n  spillway info output/history-s20141128-r0.h5 --digest", set_up_info},
      {"sensitivity", "say which factor of a sweep moves its outcomes, and how surely",
       "spillway sensitivity output/sweeps/levers/results.h5\n  spillway sensitivity results.h5 --method prcc --outcome "
       "monthly_active_users.wechat@end\n  spillway sensitivity results.h5 -o levers.html --images slides",
       set_up_sensitivity},
      {"schema", "print the JSON Schema of scenarios, studies or calibrations, for editors",
       "spillway schema > scenario.schema.json\n  spillway schema --study > study.schema.json\n  spillway schema --calibration > "
       "calibration.schema.json",
       set_up_schema},
  };
  return table;
}

const std::vector<CommandGroup>& command_groups() {
  static const std::vector<CommandGroup> groups{
      {"start here", {"new", "check", "run", "compare", "report"}},
      {"many runs", {"sweep", "sensitivity", "calibrate", "forecast"}},
      {"look closer", {"diff", "info", "export", "explain", "describe"}},
      {"for editors and shells", {"schema", "completion"}},
  };
  return groups;
}

}  // namespace spillway
