extension Timestamp: LosslessStringConvertible {
    /// Reads an RFC 3339 date and time with a zone: `2026-11-21T10:00:00Z`, any number of digits of a second's fraction, of which those beyond microseconds are
    /// cut off, `Z` or `±hh:mm`.
    ///
    /// - Returns: nil for anything else: no date alone, no missing zone, no day that does not exist, no leap second, and nothing that lies outside the years
    /// 0001 to 9999 in UTC: ``description`` of that could not be read again.
    public init?(_ text: some StringProtocol) {
        self.init(utf8: ArraySlice(text.utf8))
    }

    /// As ``init(_:)``, from the text's bytes.
    package init?(utf8 text: ArraySlice<UInt8>) {
        var reader = DigitReader(text)
        guard let year = reader.number(digits: 4), reader.take("-"), let month = reader.number(digits: 2), reader.take("-"),
            let day = reader.number(digits: 2), let date = CivilDate(year: year, month: month, day: day),
            reader.take("T") || reader.take("t") || reader.take(" "),
            let hour = reader.number(digits: 2), hour < 24, reader.take(":"), let minute = reader.number(digits: 2), minute < 60,
            reader.take(":"), let second = reader.number(digits: 2), second < 60
        else { return nil }
        var fraction = 0
        if reader.take(".") {
            guard let value = reader.microseconds() else { return nil }
            fraction = value
        }
        var offsetMinutes = 0
        if !(reader.take("Z") || reader.take("z")) {
            let sign = reader.take("+") ? 1 : reader.take("-") ? -1 : 0
            guard sign != 0, let hours = reader.number(digits: 2), hours < 24, reader.take(":"),
                let minutes = reader.number(digits: 2), minutes < 60
            else { return nil }
            offsetMinutes = sign * (hours * 60 + minutes)
        }
        guard reader.isAtEnd else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3_600 + (minute - offsetMinutes) * 60 + second
        guard Self.readableSeconds.contains(seconds) else { return nil }
        self.init(microseconds: Int64(seconds) * 1_000_000 + Int64(fraction))
    }

    /// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
    private static let readableSeconds = -62_135_596_800...253_402_300_799

    /// RFC 3339 in UTC with microseconds: `2026-11-21T10:00:00.000000Z`; what events keep, so that nothing is rounded.
    public var description: String { text(fractionDigits: 6) }

    /// RFC 3339 in UTC with milliseconds, rounded down: what the API shows (api.md 2).
    public var millisecondText: String { text(fractionDigits: 3) }

    private func text(fractionDigits: Int) -> String {
        String(unsafeUninitializedCapacity: Self.maximumTextLength) { write(to: $0, fractionDigits: fractionDigits) }
    }

    /// The bytes that ``description`` needs at most.
    package static let maximumTextLength = 30

    /// Writes the ASCII text of ``description``.
    ///
    /// - Parameter buffer: ``maximumTextLength`` bytes at least.
    /// - Returns: how many bytes it is.
    package func write(to buffer: UnsafeMutableBufferPointer<UInt8>) -> Int { write(to: buffer, fractionDigits: 6) }

    private func write(to buffer: UnsafeMutableBufferPointer<UInt8>, fractionDigits: Int) -> Int {
        let seconds = microseconds.flooredQuotient(1_000_000)
        let fraction = microseconds - seconds * 1_000_000
        let days = seconds.flooredQuotient(86_400)
        let secondOfDay = Int(seconds - days * 86_400)
        let date = CivilDate(daysSince1970: Int(days))
        var writer = DigitWriter(buffer)
        writer.writeYear(date.year)
        writer.write(date.month, digits: 2, then: "-")
        writer.write(date.day, digits: 2, then: "T")
        writer.write(secondOfDay / 3_600, digits: 2, then: ":")
        writer.write(secondOfDay / 60 % 60, digits: 2, then: ":")
        writer.write(secondOfDay % 60, digits: 2, then: ".")
        writer.write(Int(fractionDigits == 6 ? fraction : fraction / 1_000), digits: fractionDigits, then: "Z")
        return writer.position
    }
}

extension Timestamp: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an RFC 3339 date and time")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int64 {
    /// The quotient rounded towards minus infinity, so that instants before 1970 fall on the right day.
    func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

/// Writes fixed-width decimal numbers and single marks as ASCII bytes.
private struct DigitWriter {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var position = 0

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        self.buffer = buffer
    }

    /// Four digits; years that have more, or lie before the year 0, as they are: at most 292,278, before which a minus may stand.
    mutating func writeYear(_ year: Int) {
        guard !(0...9_999).contains(year) else { return write(year, digits: 4, then: "-") }
        if year < 0 {
            buffer[position] = UInt8(ascii: "-")
            position += 1
        }
        var digits = 1
        var rest = year.magnitude / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        write(Int(year.magnitude), digits: digits, then: "-")
    }

    /// With leading zeros; the mark follows.
    mutating func write(_ number: Int, digits: Int, then mark: Unicode.Scalar) {
        var rest = number
        for index in stride(from: position + digits - 1, through: position, by: -1) {
            buffer[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        buffer[position + digits] = UInt8(ascii: mark)
        position += digits + 1
    }
}

/// Reads fixed-width decimal numbers and single marks from ASCII bytes.
private struct DigitReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard position < bytes.endIndex, bytes[position] == UInt8(ascii: mark) else { return false }
        position += 1
        return true
    }

    mutating func number(digits: Int) -> Int? {
        guard position + digits <= bytes.endIndex else { return nil }
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit(at: position) else { return nil }
            value = value * 10 + digit
            position += 1
        }
        return value
    }

    /// A fraction of one digit at least, in whole millionths.
    mutating func microseconds() -> Int? {
        var value = 0
        var count = 0
        while position < bytes.endIndex, let digit = digit(at: position) {
            if count < 6 {
                value = value * 10 + digit
                count += 1
            }
            position += 1
        }
        guard count > 0 else { return nil }
        for _ in count..<6 {
            value *= 10
        }
        return value
    }

    private func digit(at index: Int) -> Int? {
        let byte = bytes[index]
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        return Int(byte - UInt8(ascii: "0"))
    }
}
