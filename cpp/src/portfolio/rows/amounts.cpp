#include "portfolio/rows/amounts.hpp"

#include <cmath>

namespace designation::portfolio {

namespace {

__extension__ using Wide = __int128;

std::optional<Amount> amount_of(double value) noexcept {
    const double count = std::round(value * Amount::scale);
    // A decimal with at most four places is read as the double nearest to a whole number of ten-thousandths.
    if (!(count >= 0 && count <= Amount::largest) || count / Amount::scale != value) return std::nullopt;
    return Amount::ten_thousandths(static_cast<std::int64_t>(count));
}

/// Read a little-endian integer of any size, in two's complement if it is signed.
Wide read_integer(const std::uint8_t* bytes, int size, bool is_signed) noexcept {
    Wide value = is_signed && (bytes[size - 1] & 0x80U) != 0 ? -1 : 0;
    for (int i = size - 1; i >= 0; --i) value = value * 256 + bytes[i];
    return value;
}

std::optional<Amount> amount_of(Wide unscaled, int scale) noexcept {
    for (; scale < Amount::places; ++scale) {
        if (unscaled < 0 || unscaled > Amount::largest) return std::nullopt;
        unscaled *= 10;
    }
    for (; scale > Amount::places; --scale) {
        if (unscaled % 10 != 0) return std::nullopt;
        unscaled /= 10;
    }
    if (unscaled < 0 || unscaled > Amount::largest) return std::nullopt;
    return Amount::ten_thousandths(static_cast<std::int64_t>(unscaled));
}

}  // namespace

std::optional<Amount> amount_at(const ArrowColumn& column, std::int64_t at) noexcept {
    if (!column.is_valid(at)) return std::nullopt;
    const std::int64_t i = column.offset + at;
    switch (column.layout.type) {
        case Type::float64: return amount_of(column.buffer<double>(1)[i]);
        case Type::float32: return amount_of(static_cast<double>(column.buffer<float>(1)[i]));
        default: {
            const int size = column.layout.bytes;
            const auto* bytes = column.buffer<std::uint8_t>(1) + i * size;
            return amount_of(read_integer(bytes, size, column.layout.is_signed), column.layout.scale);
        }
    }
}

bool has_valid_value(const Periods& contracts, std::int64_t at) noexcept {
    if (!contracts.value.is_valid(at)) return true;
    return amount_at(contracts.amount, at) && Currency::parse(text_at(contracts.currency, at));
}

}  // namespace designation::portfolio
