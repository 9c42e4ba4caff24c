import Domain

/// Reads the plain form of a calendar question, at a fifth of the general decoder's cost.
///
/// Plain: one flat object of `cal`, `op`, `at` and `arg`, each at most once and in any order, texts without escapes, whole numbers. For
/// anything else, right or wrong, the answer is nil, and the general decoder decides.
struct CalendarQuestionScanner {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    static func scan(_ line: UnsafeRawBufferPointer) -> CalendarQuestion? {
        var scanner = CalendarQuestionScanner(bytes: line)
        return scanner.question()
    }

    private init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    private mutating func question() -> CalendarQuestion? {
        var calendar: String?
        var operation: CalendarQuestion.Operation?
        var time: Int64?
        var argument: Int64?
        guard take("{") else { return nil }
        repeat {
            guard let key = text(), take(":") else { return nil }
            switch key.count {
            case 3 where equal(key, "cal") && calendar == nil:
                guard let value = text() else { return nil }
                calendar = String(validating: value, as: UTF8.self)
                guard calendar != nil else { return nil }
            case 2 where equal(key, "op") && operation == nil:
                guard let value = text() else { return nil }
                operation = CalendarQuestion.Operation(rawValue: String(decoding: value, as: UTF8.self))
                guard operation != nil else { return nil }
            case 2 where equal(key, "at") && time == nil:
                time = number()
                guard time != nil else { return nil }
            case 3 where equal(key, "arg") && argument == nil:
                argument = number()
                guard argument != nil else { return nil }
            default: return nil
            }
        } while take(",")
        guard take("}") else { return nil }
        skipSpace()
        guard position == bytes.count, let calendar, let operation, let time else { return nil }
        return CalendarQuestion(calendar: calendar, operation: operation, time: time, argument: argument)
    }

    private mutating func skipSpace() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 || bytes[position] == 0x0D { position += 1 }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    /// The inside of a text that has no escapes and no control characters.
    private mutating func text() -> Slice<UnsafeRawBufferPointer>? {
        guard take("\"") else { return nil }
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return bytes[start..<position - 1]
            case UInt8(ascii: "\\"), 0..<0x20: return nil
            default: position += 1
            }
        }
        return nil
    }

    /// A whole number as JSON writes it: no plus sign, no leading zero, at most 18 digits; fractions and exponents are not plain.
    private mutating func number() -> Int64? {
        skipSpace()
        let isNegative = position < bytes.count && bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let start = position
        var value: Int64 = 0
        while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
            guard position - start < 18 else { return nil }
            value = value * 10 + Int64(digit)
            position += 1
        }
        guard position > start, position - start == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        if position < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[position]) { return nil }
        return isNegative ? -value : value
    }

    private func equal(_ key: Slice<UnsafeRawBufferPointer>, _ name: StaticString) -> Bool {
        name.withUTF8Buffer { key.elementsEqual($0) }
    }
}
