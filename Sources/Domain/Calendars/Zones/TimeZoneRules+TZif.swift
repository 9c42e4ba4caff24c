extension TimeZoneRules {
    /// Largest TZif file that is read; the biggest real one has a few thousand bytes.
    public static let maximumTZifBytes = 1 << 20

    /// Reads a compiled zone (TZif version 1 to 4, RFC 8536), including the footer's rule for the time after the last recorded transition.
    ///
    /// - Throws: ``TimeZoneError/malformed(_:)`` for anything that is not a well-formed file, and for leap-second ("right/") zones.
    public init(tzif bytes: [UInt8]) throws(TimeZoneError) {
        guard bytes.count <= TimeZoneRules.maximumTZifBytes else { throw .malformed("too large") }
        var reader = TZifReader(bytes)
        let first = try reader.header()
        guard first.version >= 2 else {
            let body = try reader.body(first, timeSize: 4)
            self.init(initialOffset: body.initialOffset, transitions: body.transitions, repeatsFrom: nil)
            return
        }
        try reader.skipBody(first, timeSize: 4)
        let body = try reader.body(try reader.header(), timeSize: 8)
        guard let rule = try reader.footer() else {
            self.init(initialOffset: body.initialOffset, transitions: body.transitions, repeatsFrom: nil)
            return
        }
        self.init(body: body, rule: rule)
    }

    /// Writes 402 years of the rule behind the recorded transitions, so that look-ups need one table and no calendar arithmetic.
    private init(body: TZifReader.Body, rule: PosixTimeZoneRule) {
        guard rule.daylight != nil else {
            let isNew = body.transitions.isEmpty && body.initialOffset != rule.standardOffset
            self.init(initialOffset: isNew ? rule.standardOffset : body.initialOffset, transitions: body.transitions, repeatsFrom: nil)
            return
        }
        let last = body.transitions.last?.start ?? .min
        // Real files end between 1970 and 2037; the bounds keep the arithmetic sane for any other.
        let firstYear = min(max(CivilDate(daysSince1970: Int(max(last, 0) / 86_400)).year, 1_970), 3_000)
        var transitions = body.transitions
        var offset = transitions.last?.offset ?? body.initialOffset
        for transition in rule.transitions(years: firstYear...firstYear + 402) where transition.start > last {
            if transition.offset != offset { transitions.append(transition) }
            offset = transition.offset
        }
        let end = CivilDate(year: firstYear + 402, month: 1, day: 1)
        self.init(initialOffset: body.initialOffset, transitions: transitions, repeatsFrom: end.map { Int64($0.daysSince1970) * 86_400 })
    }
}
