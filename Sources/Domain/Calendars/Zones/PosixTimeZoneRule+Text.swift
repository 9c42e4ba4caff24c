extension PosixTimeZoneRule {
    /// Reads `std offset [dst [offset] , start [/time] , end [/time]]`; nil for anything else.
    init?(_ text: some Collection<UInt8>) {
        var scanner = Scanner(bytes: Array(text))
        guard scanner.name(), let standard = scanner.offset() else { return nil }
        guard !scanner.isAtEnd else {
            self.init(standardOffset: -standard, daylight: nil)
            return
        }
        guard scanner.name() else { return nil }
        var daylightOffset = -standard + 3_600
        if scanner.peek != UInt8(ascii: ",") {
            guard let written = scanner.offset() else { return nil }
            daylightOffset = -written
        }
        guard scanner.take(","), let start = scanner.change(), scanner.take(","), let end = scanner.change(), scanner.isAtEnd else { return nil }
        self.init(standardOffset: -standard, daylight: Daylight(offset: daylightOffset, start: start, end: end))
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }
        var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

        mutating func take(_ mark: Unicode.Scalar) -> Bool {
            guard peek == UInt8(ascii: mark) else { return false }
            position += 1
            return true
        }

        /// `CET`, or `<+03>` for names that are not letters alone.
        mutating func name() -> Bool {
            let start = position
            if take("<") {
                while let byte = peek, byte != UInt8(ascii: ">") {
                    _ = byte
                    position += 1
                }
                return take(">") && position - start >= 5
            }
            while let byte = peek, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF) {
                position += 1
            }
            return position - start >= 3
        }

        /// `[±]hh[:mm[:ss]]`, at most 24 hours, in seconds.
        mutating func offset() -> Int64? {
            time(maximumHours: 24)
        }

        mutating func change() -> Change? {
            guard let day = day() else { return nil }
            guard take("/") else { return Change(day: day, time: 7_200) }
            return time(maximumHours: 167).map { Change(day: day, time: $0) }
        }

        private mutating func day() -> Day? {
            if take("J") { return number(in: 1...365).map { .julian($0) } }
            guard take("M") else { return number(in: 0...365).map { .ordinal($0) } }
            guard let month = number(in: 1...12), take("."), let week = number(in: 1...5), take("."), let day = number(in: 0...6) else { return nil }
            return .weekday(month: month, week: week, day: day)
        }

        private mutating func time(maximumHours: Int) -> Int64? {
            let sign: Int64 = take("-") ? -1 : take("+") ? 1 : 1
            guard let hours = number(in: 0...maximumHours) else { return nil }
            var seconds = hours * 3_600
            if take(":") {
                guard let minutes = number(in: 0...59) else { return nil }
                seconds += minutes * 60
                if take(":") {
                    guard let rest = number(in: 0...59) else { return nil }
                    seconds += rest
                }
            }
            return sign * Int64(seconds)
        }

        private mutating func number(in range: ClosedRange<Int>) -> Int? {
            let start = position
            while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                position += 1
            }
            guard let value = decimal(bytes[start..<position]), range.contains(value) else { return nil }
            return value
        }
    }
}
