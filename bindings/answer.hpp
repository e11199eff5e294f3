#pragma once

#include <designation/assessment.hpp>
#include <designation/partner.hpp>
#include <memory>

/// An assessment with what it was made of, which its lists and texts need.
struct Answer {
    designation::Assessment value;
    std::shared_ptr<const designation::Partner> partner;
    std::shared_ptr<const designation::Rules> rules;

    friend bool operator==(const Answer& a, const Answer& b) {
        return a.value == b.value && *a.partner == *b.partner &&
               a.rules->rulebook->digest == b.rules->rulebook->digest && a.rules->policy == b.rules->policy;
    }
};
