import Domain

/// Random calendars with all their versions, as a tenant publishes them in the course of 2024: at once or for later, and edits of what holds before something that is
/// scheduled (decision 0026). All of it follows from the seed.
struct RandomCalendars {
    /// Each calendar as of each version.
    private(set) var all: [CalendarReference: BusinessCalendar] = [:]
    /// What there is to choose from since when, in the order of time.
    private(set) var published: [CalendarID: [(at: Timestamp, reference: CalendarReference)]] = [:]

    private static let day: Int64 = 86_400_000_000
    /// 1 January 2024 and some days more than a year.
    private static let days = 19_723..<20_100

    /// Calendars for some hundred histories: compiling them for each would take longer than the replays.
    init(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed) &+ 77)
        let berlin = try Fixtures.berlinDefinition()
        let night = CalendarDefinition(zone: "America/New_York", weekly: try Fixtures.hours("22:00-30:00"))
        // One that nobody edits, and one whose edits close some days only, as imports of holidays do.
        try add([Edit(berlin)], as: 0)
        var edits = [Edit(night)]
        for at in Self.times(3, using: &random) {
            var next = edits[edits.count - 1].definition
            let first = CivilDate(daysSince1970: Int.random(in: Self.days, using: &random))
            next.closures.append(CalendarClosure(.dates(first, CivilDate(daysSince1970: first.daysSince1970 + 2))))
            edits.append(Edit(next, at: at, from: at))
        }
        try add(edits, as: 1)
        for number in 2..<6 {
            var edits = [Edit(RandomCalendar(around: Self.days, using: &random).definition)]
            for at in Self.times(Int.random(in: 0...4, using: &random), using: &random) {
                let isNow = Bool.random(using: &random)
                let from = isNow ? at : at.adding(microseconds: Int64.random(in: 1...240, using: &random) * 6 * 3_600_000_000)
                edits.append(Edit(RandomCalendar(around: Self.days, using: &random).definition, at: at, from: from))
            }
            try add(edits, as: UInt64(number))
        }
    }

    /// The newest version of a calendar at a time.
    func newest(of id: CalendarID, at time: Timestamp) -> CalendarReference? {
        published[id]?.last { $0.at <= time }?.reference
    }

    private struct Edit {
        let definition: CalendarDefinition
        let at: Timestamp
        let from: Timestamp?

        init(_ definition: CalendarDefinition, at: Timestamp = Timestamp(microseconds: 0), from: Timestamp? = nil) {
            (self.definition, self.at, self.from) = (definition, at, from)
        }
    }

    /// On full quarters of an hour, so that events of histories can coincide with them.
    private static func times(_ count: Int, using random: inout SplitMix) -> [Timestamp] {
        let quarters = (0..<count).map { _ in Int64.random(in: 0..<32_000, using: &random) }
        return quarters.sorted().map { Timestamp(microseconds: Int64(days.lowerBound) * day + $0 * 900_000_000) }
    }

    private mutating func add(_ edits: [Edit], as number: UInt64) throws {
        let id = CalendarID(high: 5, low: number)
        var versions: [CalendarVersion] = []
        func publish(_ definition: CalendarDefinition, from: Timestamp?) throws {
            let zone = try ZoneFiles().zone(named: definition.zone)
            versions.append(CalendarVersion(number: versions.count + 1, effectiveFrom: from, definition: definition, zone: zone))
        }
        var newest: [(at: Timestamp, number: Int)] = []
        for edit in edits {
            // What is scheduled for later and was not replaced since is published again after the edit.
            var scheduled: [CalendarVersion] = []
            for version in versions.reversed() {
                guard let from = version.effectiveFrom, let since = edit.from, from > since else { continue }
                if let next = scheduled.first?.effectiveFrom, next <= from { continue }
                scheduled.insert(version, at: 0)
            }
            try publish(edit.definition, from: edit.from)
            for version in scheduled { try publish(version.definition, from: version.effectiveFrom) }
            newest.append((edit.at, versions.count))
        }
        for calendar in try BusinessCalendar.lineage(of: versions) { all[CalendarReference(id: id, version: calendar.version)] = calendar }
        published[id] = newest.map { ($0.at, CalendarReference(id: id, version: $0.number)) }
    }
}
