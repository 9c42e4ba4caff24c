/// What people, and other lists than the one that is imported, close: no make-up workday of the list opens it.
struct OthersClosures {
    private let closures: [CalendarClosure]

    /// - Parameter source: the list that is imported.
    init(_ closures: [CalendarClosure], but source: String) {
        self.closures = closures.filter { $0.source?.name != source }
    }

    /// What is left of a window of a day, which may reach into the next day, in the order of time.
    func left(of window: WallInterval, on date: CivilDate) -> [WallInterval] {
        var open = [window]
        for shift in [0, 1] {
            for part in parts(closedOn: date.daysSince1970 + shift) {
                let closed = WallInterval(start: part.start + shift * WallInterval.secondsPerDay, end: part.end + shift * WallInterval.secondsPerDay)
                open = open.flatMap { OthersClosures.subtract(closed, from: $0) }
            }
        }
        // What would begin on the next day belongs to that.
        return open.filter(\.isValid)
    }

    private func parts(closedOn day: Int) -> [WallInterval] {
        let year = CivilDate(daysSince1970: day).year
        return closures.filter { $0.ranges(in: year...year).contains { $0.contains(day) } }.map { $0.part ?? .wholeDay }
    }

    private static func subtract(_ closed: WallInterval, from open: WallInterval) -> [WallInterval] {
        guard closed.start < open.end, open.start < closed.end else { return [open] }
        let parts = [WallInterval(start: open.start, end: closed.start), WallInterval(start: closed.end, end: open.end)]
        return parts.filter { $0.start < $0.end }
    }
}
