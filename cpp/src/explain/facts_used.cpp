#include "explain/facts_used.hpp"

namespace designation {

namespace {

struct DescribeFact {
    std::string operator()(NotGiven /*fact*/) const { return "not given"; }
    std::string operator()(NoRecords /*fact*/) const { return "none"; }
    std::string operator()(const Authorization& fact) const { return name(fact.type) + describe(fact.period); }
    std::string operator()(const SupportContract& fact) const { return name(fact.type) + describe(fact.period); }
    std::string operator()(const SolutionsPartnerDesignation& fact) const {
        return name(fact.area) + describe(fact.period);
    }
    std::string operator()(const Event& fact) const {
        const bool has_outcome = fact.outcome != Outcome::none;
        return name(fact.type) + (has_outcome ? ' ' + name(fact.outcome) : "") + " on " + to_string(fact.on);
    }

 private:
    template <class Enum>
    static std::string name(Enum value) {
        return std::string(to_string(value));
    }
    static std::string describe(Interval period) {
        std::string text = " from " + to_string(period.from);
        return period.has_end() ? text + " through " + to_string(period.through) : text;
    }
};

}  // namespace

std::string describe(const std::vector<FactUsed>& facts) {
    std::string text;
    for (const FactUsed& fact : facts) {
        text += (text.empty() ? "" : ", ") + std::visit(DescribeFact{}, fact.value) + " (" + fact.pointer + ')';
    }
    return text;
}

}  // namespace designation
