/// Exact reading of JSON numbers, whose grammar the parser has checked.
enum JSONNumber {
    /// Exponents beyond these belong to no integer of 64 bits that a body has room for.
    private static let exponents = -10_000...10_000

    /// The integer that a number's text stands for: `12`, `-3`, `1.0` and `5e2` are integers, `1.5` and whatever Int64 does not hold are not.
    static func exactInteger(_ text: ArraySlice<UInt8>) -> Int64? {
        var position = text.startIndex
        let isNegative = text[position] == UInt8(ascii: "-")
        if isNegative {
            position += 1
        }
        // Digits without the point, and how far the point stands from their end.
        var digits: [UInt8] = []
        var scale = 0
        var isFraction = false
        while position < text.endIndex {
            let byte = text[position]
            if byte == UInt8(ascii: ".") {
                isFraction = true
            } else if byte | 0x20 == UInt8(ascii: "e") {
                guard let exponent = Int(String(decoding: text[(position + 1)...], as: UTF8.self)), exponents.contains(exponent) else { return nil }
                scale += exponent
                break
            } else {
                digits.append(byte - UInt8(ascii: "0"))
                if isFraction {
                    scale -= 1
                }
            }
            position += 1
        }
        while scale < 0, digits.count > 1, digits.last == 0 {
            digits.removeLast()
            scale += 1
        }
        let isZero = digits.allSatisfy { $0 == 0 }
        if isZero { return 0 }
        guard scale >= 0 else { return nil }
        var value: Int64 = 0
        for digit in digits + [UInt8](repeating: 0, count: min(scale, 20)) {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowAgain) = product.subtractingReportingOverflow(Int64(digit))
            guard !overflow, !overflowAgain else { return nil }
            value = sum
        }
        // Counted downwards, because Int64 has one negative number more.
        return isNegative ? value : (value == .min ? nil : -value)
    }

    /// Whether a number's text, whatever its spelling, is the same decimal number as the shortest text of a Double.
    static func isSame(_ text: ArraySlice<UInt8>, as number: Double) -> Bool {
        guard let left = Decimal(text), let right = Decimal(Array(number.description.utf8)[...]) else { return false }
        return left == right
    }

    /// A decimal number in its one form: digits that neither begin nor end with zero, times a power of ten.
    private struct Decimal: Equatable {
        var isNegative = false
        var digits: [UInt8] = []
        var exponent = 0

        /// - Returns: nil for an exponent that Int does not hold; zero is zero with any.
        init?(_ text: ArraySlice<UInt8>) {
            var rest = text
            if rest.first == UInt8(ascii: "-") {
                isNegative = true
                rest = rest.dropFirst()
            }
            var isFraction = false
            while let byte = rest.popFirst(), byte | 0x20 != UInt8(ascii: "e") {
                if byte == UInt8(ascii: ".") {
                    isFraction = true
                } else {
                    if isFraction { exponent -= 1 }
                    if byte != UInt8(ascii: "0") || !digits.isEmpty { digits.append(byte) }
                }
            }
            while digits.last == UInt8(ascii: "0") {
                digits.removeLast()
                exponent += 1
            }
            guard !digits.isEmpty else {
                isNegative = false
                exponent = 0
                return
            }
            guard !rest.isEmpty else { return }
            guard let power = Int(String(decoding: rest, as: UTF8.self)) else { return nil }
            let (sum, overflow) = exponent.addingReportingOverflow(power)
            guard !overflow else { return nil }
            exponent = sum
        }
    }
}
