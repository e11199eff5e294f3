#include <algorithm>

#include "json/reader.hpp"
#include "rulebooks/rule_index.hpp"

namespace designation::json {

namespace {

bool are_equal(const Node* a, const Node* b) {
    const auto is_null = [](const Node* node) { return !node || node->kind == Kind::null; };
    const auto is_number = [](const Node* node) { return node->kind == Kind::integer || node->kind == Kind::number; };
    if (is_null(a) || is_null(b)) return is_null(a) && is_null(b);
    if (is_number(a) && is_number(b)) return a->number == b->number;
    if (a->kind != b->kind || a->count != b->count || a->text != b->text || a->boolean != b->boolean) return false;
    for (const Node *one = a->first, *other = b->first; one; one = one->next, other = other ? other->next : nullptr) {
        if (!are_equal(one, a->kind == Kind::object ? find(*b, one->key) : other)) return false;
    }
    return true;
}

/// Return the value at a JSON Pointer without escapes; null if there is none.
const Node* value_at(const Node& root, std::string_view pointer) {
    const Node* node = &root;
    while (node && !pointer.empty()) {
        pointer.remove_prefix(1);
        const std::string_view key = pointer.substr(0, pointer.find('/'));
        node = find(*node, key);
        pointer.remove_prefix(key.size());
    }
    return node;
}

/// A report of what a rulebook changes in the edition that it extends without a source for the change.
class CitationCheck {
 public:
    CitationCheck(Reader& reader, const Node& root, const Node& base) : reader_(reader), root_(root), base_(base) {}

    void run() {
        for (const auto& [location, rules] : rules_by_location()) {
            // A reading interprets the text, and an announcement has citations of its own.
            if (location.starts_with("/interpretations") || location == "/availability") continue;
            std::vector<std::string> places;
            for (const Rule rule : rules) places.push_back("/rules/" + std::string(to_string(rule)) + "/citations");
            compare(location, places);
        }
        for (const std::string_view offer : enum_names<Offer>) {
            const std::string location = "/availability/" + std::string(offer);
            compare(location, {location + "/citations"});
        }
        for (const std::string_view rule : enum_names<Rule>) {
            const std::string location = "/rules/" + std::string(rule);
            compare(location + "/text", {location + "/citations"});
        }
    }

 private:
    /// Report each value below the location that the rulebook changes, unless it cites a source in one of the places.
    void compare(std::string_view location, const std::vector<std::string>& places) {
        const Node* own = value_at(root_, location);
        if (!own || std::ranges::any_of(places, [&](const auto& place) { return value_at(root_, place) != nullptr; })) {
            return;
        }
        std::string advice = "differs from the edition that this one extends; cite a source in ";
        for (const std::string& place : places) advice += (&place == places.data() ? "" : " or ") + place;
        compare(*own, value_at(base_, location), advice);
    }
    void compare(const Node& own, const Node* base, const std::string& advice) {
        if (are_equal(&own, base)) return;
        if (own.kind != Kind::object || !base || base->kind != Kind::object) {
            return reader_.report(own, "citation", advice);
        }
        for (const Node* member = own.first; member; member = member->next) {
            compare(*member, find(*base, member->key), advice);
        }
    }

    Reader& reader_;
    const Node& root_;
    const Node& base_;
};

}  // namespace

void report_days(Reader& reader, const Node& root, const Parameters& parameters) {
    const Node* offers = find(root, "availability");
    for (std::size_t i = 0; i < count_of<Offer>; ++i) {
        const auto offer = static_cast<Offer>(i);
        const auto& [not_before, announced_by, available_from] = parameters.availability[offer];
        // A bundled offer has the dates of its bundle, which is reported itself.
        if (parameters.bundled_with[offer]) continue;
        if (!not_before && !announced_by && !available_from) {
            reader.report(*offers, to_string(offer), "gap", "no date says when the offer is available");
        } else if (not_before && available_from && *available_from < *not_before) {
            reader.report(*offers, std::string(to_string(offer)) + "/available_from", "order",
                          "available_from (" + to_string(*available_from) + ") must not be before not_before (" +
                              to_string(*not_before) + ')');
        }
    }
}

void report_missing_citations(Reader& reader, const Node& root, const Node& base) {
    CitationCheck(reader, root, base).run();
}

}  // namespace designation::json
