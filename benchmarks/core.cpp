#include <benchmark/benchmark.h>

#include <designation/designation.hpp>
#include <fstream>
#include <sstream>

namespace dsg = designation;

namespace {

std::string document() {
    std::ifstream file(DESIGNATION_BENCHMARKS "/partner.json");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

const dsg::Day as_of{std::chrono::year{2030} / 9 / 15};

void assess(benchmark::State& state) {
    const dsg::Partner partner = dsg::parse_partner(document());
    const dsg::PartnerView view = partner.view();
    const dsg::Rules& rules = dsg::builtin_rules();
    for (auto _ : state) {
        dsg::Assessment assessment = dsg::assess(view, as_of, rules);
        benchmark::DoNotOptimize(assessment);
    }
}
BENCHMARK(assess);

void assess_and_find_the_next_change(benchmark::State& state) {
    const dsg::Partner partner = dsg::parse_partner(document());
    const dsg::PartnerView view = partner.view();
    const dsg::Rules& rules = dsg::builtin_rules();
    for (auto _ : state) {
        dsg::Walk walk(view, as_of, rules);
        benchmark::DoNotOptimize(walk.assessment());
        benchmark::DoNotOptimize(walk.move_to_next_change(dsg::Day::latest()));
        benchmark::DoNotOptimize(walk.day());
    }
}
BENCHMARK(assess_and_find_the_next_change);

void timeline(benchmark::State& state) {
    const dsg::Partner partner = dsg::parse_partner(document());
    const dsg::PartnerView view = partner.view();
    const dsg::Rules& rules = dsg::builtin_rules();
    const dsg::Interval five_years{dsg::Day{std::chrono::year{2026} / 1 / 1},
                                   dsg::Day{std::chrono::year{2030} / 12 / 31}};
    for (auto _ : state) benchmark::DoNotOptimize(dsg::timeline(view, five_years, rules));
}
BENCHMARK(timeline);

void timeline_over_200_years(benchmark::State& state) {
    const dsg::Partner partner = dsg::parse_partner(document());
    const dsg::PartnerView view = partner.view();
    const dsg::Rules& rules = dsg::builtin_rules();
    const dsg::Interval span{dsg::Day{std::chrono::year{2000} / 1 / 1}, dsg::Day::latest()};
    for (auto _ : state) benchmark::DoNotOptimize(dsg::timeline(view, span, rules));
}
BENCHMARK(timeline_over_200_years);

/// Plans ten years ahead, under the default readings or with years that count from the decision.
void plan(benchmark::State& state, const char* policy) {
    const dsg::Partner partner = dsg::parse_partner(document());
    const dsg::PartnerView view = partner.view();
    const dsg::Rules rules = dsg::make_rules(dsg::builtin_rulebook("2025-11"), dsg::parse_policy(policy));
    const dsg::Interval ten_years{as_of, dsg::Day{std::chrono::year{2040} / 9 / 15}};
    for (auto _ : state) benchmark::DoNotOptimize(dsg::plan(view, ten_years, rules));
}
BENCHMARK_CAPTURE(plan, by_anniversaries, "{}");
BENCHMARK_CAPTURE(plan, by_decisions, R"({"interpretations": {"renewal_anchor": "decision"}})");

void parse_partner(benchmark::State& state) {
    const std::string text = document();
    for (auto _ : state) {
        dsg::Partner partner = dsg::parse_partner(text);
        benchmark::DoNotOptimize(partner);
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse_partner);

void explain(benchmark::State& state) {
    const dsg::Partner partner = dsg::parse_partner(document());
    const dsg::PartnerView view = partner.view();
    const dsg::Rules& rules = dsg::builtin_rules();
    const dsg::Assessment assessment = dsg::assess(view, as_of, rules);
    for (auto _ : state) benchmark::DoNotOptimize(dsg::explain(assessment, view, rules));
}
BENCHMARK(explain);

void actions(benchmark::State& state) {
    const dsg::Partner partner = dsg::parse_partner(document());
    const dsg::PartnerView view = partner.view();
    const dsg::Rules& rules = dsg::builtin_rules();
    const dsg::Assessment assessment = dsg::assess(view, as_of, rules);
    for (auto _ : state) benchmark::DoNotOptimize(dsg::actions(assessment, view, rules));
}
BENCHMARK(actions);

void to_json(benchmark::State& state) {
    const dsg::Partner partner = dsg::parse_partner(document());
    const dsg::Rules& rules = dsg::builtin_rules();
    const dsg::Assessment assessment = dsg::assess(partner, as_of, rules);
    for (auto _ : state) benchmark::DoNotOptimize(dsg::to_json(assessment, partner, rules));
}
BENCHMARK(to_json);

}  // namespace
