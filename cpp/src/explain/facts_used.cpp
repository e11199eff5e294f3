#include "explain/facts_used.hpp"

namespace designation {

namespace {

std::string in_words_of(Interval period) {
    std::string text = " from " + to_string(period.from);
    return period.has_end() ? text + " through " + to_string(period.through) : text;
}

struct InWords {
    std::string operator()(NotGiven /*fact*/) const { return "not given"; }
    std::string operator()(NoRecords /*fact*/) const { return "none"; }
    std::string operator()(const Authorization& fact) const { return word(fact.type) + in_words_of(fact.period); }
    std::string operator()(const SupportContract& fact) const { return word(fact.type) + in_words_of(fact.period); }
    std::string operator()(const SolutionsPartnerDesignation& fact) const {
        return word(fact.area) + in_words_of(fact.period);
    }
    std::string operator()(const Event& fact) const {
        const bool has_outcome = fact.outcome != Outcome::none;
        return word(fact.type) + (has_outcome ? ' ' + word(fact.outcome) : "") + " on " + to_string(fact.on);
    }
    template <class Enum>
    static std::string word(Enum value) {
        return std::string(to_string(value));
    }
};

}  // namespace

std::string in_words(const std::vector<FactUsed>& facts) {
    std::string text;
    for (const FactUsed& fact : facts) {
        text += (text.empty() ? "" : ", ") + std::visit(InWords{}, fact.value) + " (" + fact.pointer + ')';
    }
    return text;
}

}  // namespace designation
