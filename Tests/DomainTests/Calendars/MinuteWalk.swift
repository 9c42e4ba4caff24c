import Domain

/// Which minutes are open, decided minute by minute from the definition's words; `open[m]` counts the open minutes before minute m.
struct MinuteWalk {
    let start: Int64
    let minutes: Int
    private(set) var open: [Int] = [0]

    init(definition: CalendarDefinition, zone: TimeZoneRules, days: ClosedRange<Int>, start: Int64, minutes: Int) {
        self.start = start
        self.minutes = minutes
        func bounds(_ day: Int, _ wall: WallInterval) -> Range<Int64>? {
            let lower = zone.instant(ofLocal: Int64(day * 86_400 + wall.start))
            let upper = zone.instant(ofLocal: Int64(day * 86_400 + wall.end))
            return lower < upper ? lower..<upper : nil
        }
        let whole = WallInterval(start: 0, end: 86_400)
        var regular: [Range<Int64>] = []
        var closed: [Range<Int64>] = []
        var replaced: [Range<Int64>] = []
        var added: [Range<Int64>] = []
        for day in days {
            let date = CivilDate(daysSince1970: day)
            // 1970-01-01 was a Thursday.
            let weekday = Weekday.allCases[(day + 3) % 7]
            regular += (definition.weekly[weekday] ?? []).compactMap { bounds(day, $0) }
            for case .dates(let first, let last) in definition.closures.map(\.days) where first <= date && date <= last {
                for closure in definition.closures where closure.days == .dates(first, last) {
                    closed += [bounds(day, closure.part ?? whole)].compactMap { $0 }
                }
            }
            guard let hours = definition.openings[date] else { continue }
            replaced += [bounds(day, whole)].compactMap { $0 }
            added += hours.compactMap { bounds(day, $0) }
        }
        for minute in 0..<minutes {
            let time = start + Int64(minute) * 60
            let isRegular =
                regular.contains { $0.contains(time) } && !closed.contains { $0.contains(time) } && !replaced.contains { $0.contains(time) }
            open.append(open[minute] + (isRegular || added.contains { $0.contains(time) } ? 1 : 0))
        }
    }

    func time(_ minute: Int) -> Timestamp { Timestamp(microseconds: (start + Int64(minute) * 60) * 1_000_000) }
    func isOpen(_ minute: Int) -> Bool { open[minute + 1] > open[minute] }

    /// The first minute by which `amount` open minutes have passed.
    func left(_ from: Int, _ amount: Int) -> Int? { (from...minutes).first { open[$0] - open[from] >= amount } }
    /// The first open minute with `amount` open minutes behind it.
    func right(_ from: Int, _ amount: Int) -> Int? { (from..<max(from, minutes)).first { open[$0] - open[from] >= amount && isOpen($0) } }
    func back(_ from: Int, _ amount: Int) -> Int? { (0...from).last { open[from] - open[$0] >= amount } }
    func nextOpen(_ from: Int) -> Int? { (from..<max(from, minutes)).first { isOpen($0) } }
    func nextClosed(_ from: Int) -> Int? { (from..<max(from, minutes)).first { !isOpen($0) } }
}
