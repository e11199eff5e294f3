#pragma once

#include <designation/assessment.hpp>
#include <designation/partner.hpp>
#include <memory>

/// An assessment with its partner and rules, which its lists and texts need.
struct BoundAssessment {
    designation::Assessment value;
    std::shared_ptr<const designation::Partner> partner;
    std::shared_ptr<const designation::Rules> rules;

    friend bool operator==(const BoundAssessment& a, const BoundAssessment& b) {
        return a.value == b.value && *a.partner == *b.partner &&
               a.rules->rulebook->digest == b.rules->rulebook->digest && a.rules->policy == b.rules->policy;
    }
};
