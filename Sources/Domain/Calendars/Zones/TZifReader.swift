/// Reads the blocks of a TZif file (RFC 8536 3) in order; every access is bounds-checked.
struct TZifReader {
    struct Header {
        let version: Int
        let utIndicators: Int
        let standardIndicators: Int
        let leapSeconds: Int
        let transitions: Int
        let types: Int
        let characters: Int
    }

    struct Body {
        let initialOffset: Int64
        let transitions: [TimeZoneRules.Transition]
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func header() throws(TimeZoneError) -> Header {
        let magic = try take(4)
        guard magic.elementsEqual("TZif".utf8) else { throw .malformed("no TZif mark") }
        let mark = try take(1).first ?? 0
        let version = mark == 0 ? 1 : Int(mark) - Int(UInt8(ascii: "0"))
        guard (1...4).contains(version) else { throw .malformed("unknown version") }
        _ = try take(15)
        var counts: [Int] = []
        for _ in 0..<6 {
            counts.append(Int(try unsigned(4)))
        }
        let header = Header(
            version: version,
            utIndicators: counts[0],
            standardIndicators: counts[1],
            leapSeconds: counts[2],
            transitions: counts[3],
            types: counts[4],
            characters: counts[5]
        )
        guard header.leapSeconds == 0 else { throw .malformed("leap seconds are not supported") }
        guard (1...256).contains(header.types) else { throw .malformed("no local time types, or too many") }
        return header
    }

    mutating func skipBody(_ header: Header, timeSize: Int) throws(TimeZoneError) {
        _ = try take(header.transitions * (timeSize + 1) + header.types * 6 + header.characters + header.standardIndicators + header.utIndicators)
    }

    mutating func body(_ header: Header, timeSize: Int) throws(TimeZoneError) -> Body {
        var times: [Int64] = []
        for _ in 0..<header.transitions {
            let raw = try unsigned(timeSize)
            let time = timeSize == 8 ? Int64(bitPattern: raw) : Int64(Int32(truncatingIfNeeded: raw))
            guard times.last.map({ $0 < time }) ?? true else { throw .malformed("transitions are not ascending") }
            // Zone files mark "the beginning of time" with very small numbers; these bounds keep later arithmetic far from overflow.
            times.append(max(time, -(1 << 59)))
            guard time <= 1 << 40 else { throw .malformed("a transition lies too far in the future") }
        }
        let indices = Array(try take(header.transitions))
        var offsets: [Int64] = []
        for _ in 0..<header.types {
            let offset = Int64(Int32(truncatingIfNeeded: try unsigned(4)))
            _ = try take(2)
            guard abs(offset) < TimeZoneRules.largestOffset else { throw .malformed("an offset is out of range") }
            offsets.append(offset)
        }
        _ = try take(header.characters + header.standardIndicators + header.utIndicators)
        var transitions: [TimeZoneRules.Transition] = []
        for (time, index) in zip(times, indices) {
            guard Int(index) < offsets.count else { throw .malformed("a transition names no local time type") }
            transitions.append(TimeZoneRules.Transition(start: time, offset: offsets[Int(index)]))
        }
        return Body(initialOffset: offsets[0], transitions: transitions)
    }

    /// The rule between the two newlines at the end; nil where it is empty.
    mutating func footer() throws(TimeZoneError) -> PosixTimeZoneRule? {
        guard try take(1).first == UInt8(ascii: "\n"), let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else {
            throw .malformed("no footer")
        }
        let text = bytes[position..<end]
        guard !text.isEmpty else { return nil }
        guard let rule = PosixTimeZoneRule(text) else { throw .malformed("the footer's rule cannot be read") }
        return rule
    }

    private mutating func take(_ count: Int) throws(TimeZoneError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - position else { throw .malformed("cut short") }
        defer { position += count }
        return bytes[position..<position + count]
    }

    private mutating func unsigned(_ size: Int) throws(TimeZoneError) -> UInt64 {
        try take(size).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
