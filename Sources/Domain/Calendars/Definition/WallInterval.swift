/// A span of wall time that belongs to one civil day: `[start, end)` in seconds after that day's midnight.
///
/// `end` may lie past 86,400 (`22:00–30:00` ends at 06:00 of the next day). Whether the values make sense is checked by
/// ``CalendarDefinition/validate()``: 0 ≤ start < 86,400 and start < end ≤ start + 86,400 (sla.md, Calendars).
public struct WallInterval: Hashable, Sendable {
    /// Seconds after midnight, inclusive.
    public let start: Int
    /// Seconds after midnight, exclusive; more than 86,400 reaches into the next day.
    public let end: Int

    public init(start: Int, end: Int) {
        self.start = start
        self.end = end
    }

    static let secondsPerDay = 86_400
    static let wholeDay = WallInterval(start: 0, end: secondsPerDay)

    var isValid: Bool {
        (0..<WallInterval.secondsPerDay).contains(start) && start < end && end - start <= WallInterval.secondsPerDay
    }
}

extension WallInterval: CustomStringConvertible {
    public var description: String { "\(WallInterval.text(start))-\(WallInterval.text(end))" }
}

extension WallInterval: Codable {
    /// Reads `["09:00", "17:00"]`; seconds are allowed (`"23:59:30"`), and an end past midnight runs up to `"48:00"`.
    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        start = try WallInterval.time(from: &container, of: decoder)
        end = try WallInterval.time(from: &container, of: decoder)
        guard container.isAtEnd else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "an interval has two times")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(WallInterval.text(start))
        try container.encode(WallInterval.text(end))
    }

    static func time(from container: inout any UnkeyedDecodingContainer, of decoder: any Decoder) throws -> Int {
        guard let seconds = seconds(try container.decode(String.self)) else {
            // The container's own path names the element after the wrong one.
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not a time of the form HH:MM or HH:MM:SS")
            )
        }
        return seconds
    }

    /// Seconds after midnight of `HH:MM` or `HH:MM:SS`, from 00:00 to 48:00; nil for anything else.
    static func seconds(_ text: String) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5 || bytes.count == 8, bytes[2] == UInt8(ascii: ":"),
            let hour = decimal(bytes[0..<2]), let minute = decimal(bytes[3..<5]), minute < 60
        else { return nil }
        var second = 0
        if bytes.count == 8 {
            guard bytes[5] == UInt8(ascii: ":"), let value = decimal(bytes[6..<8]), value < 60 else { return nil }
            second = value
        }
        let total = hour * 3_600 + minute * 60 + second
        return total <= 2 * secondsPerDay ? total : nil
    }

    /// For people: `22:00–06:00`.
    public var text: String {
        let day = WallInterval.secondsPerDay
        return "\(WallInterval.text(start))–\(WallInterval.text(end > day ? end - day : end))"
    }

    static func text(_ seconds: Int) -> String {
        let short = "\(padded(seconds / 3_600, to: 2)):\(padded(seconds / 60 % 60, to: 2))"
        return seconds % 60 == 0 ? short : "\(short):\(padded(seconds % 60, to: 2))"
    }
}
