#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "designation/export.hpp"

namespace DESIGNATION_API designation {

/// An exact decimal amount with at most four decimal places and an absolute value of at most 10^10, in the currency's
/// unit.
class Amount {
 public:
    static constexpr int places = 4;
    static constexpr std::int64_t scale = 10'000;
    static constexpr std::int64_t largest = 100'000'000'000'000;

    constexpr Amount() noexcept = default;
    static constexpr Amount ten_thousandths(std::int64_t count) noexcept {
        Amount amount;
        amount.count_ = count;
        return amount;
    }
    constexpr std::int64_t ten_thousandths() const noexcept { return count_; }
    constexpr bool is_whole() const noexcept { return count_ % scale == 0; }

    friend constexpr auto operator<=>(Amount, Amount) noexcept = default;
    friend constexpr Amount operator+(Amount a, Amount b) noexcept { return ten_thousandths(a.count_ + b.count_); }
    constexpr Amount& operator+=(Amount other) noexcept { return *this = *this + other; }

 private:
    std::int64_t count_ = 0;
};

/// Parse a JSON number exactly (`1350`, `1350.50`, `1.35e3`). Returns nothing if the text is not a number, has more
/// than four decimal places or exceeds `Amount::largest`.
std::optional<Amount> parse_amount(std::string_view text) noexcept;

/// Write the shortest exact decimal: `1350`, `1350.5`.
std::string to_string(Amount amount);

/// A currency, by its three letters (ISO 4217).
class Currency {
 public:
    constexpr Currency() noexcept = default;
    static std::optional<Currency> parse(std::string_view letters) noexcept;
    constexpr std::string_view letters() const noexcept { return {letters_.data(), letters_.size()}; }
    /// Return the decimal places of the minor unit: 2 for USD, 0 for JPY, 3 for KWD.
    int minor_places() const noexcept;
    friend constexpr bool operator==(Currency, Currency) noexcept = default;

 private:
    std::array<char, 3> letters_{'X', 'X', 'X'};
};

struct Money {
    Amount amount;
    Currency currency;
    friend constexpr bool operator==(const Money&, const Money&) = default;
};

/// Return `percent` of the money, rounded half to even to the currency's minor unit.
Money share_of(const Money& money, int percent) noexcept;

}  // namespace designation
