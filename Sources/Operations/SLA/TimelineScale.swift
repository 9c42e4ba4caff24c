import Domain

/// Where instants lie on a picture: a linear axis in one zone, with ticks at full hours or at midnights.
struct TimelineScale {
    static let left = 190.0
    static let width = 760.0

    let start: Timestamp
    let end: Timestamp
    let zone: TimeZoneRules

    /// An axis that holds every instant, from a full hour to a full hour.
    init(_ instants: [Timestamp], zone: TimeZoneRules) {
        let hour: Int64 = 3_600_000_000
        let first = instants.min() ?? Timestamp(microseconds: 0)
        let last = instants.max() ?? first
        let span = max(last.microseconds(since: first), hour)
        // A little room on both sides.
        let margin = max(span / 40, hour / 4)
        start = Timestamp(microseconds: (first.microseconds - margin) / hour * hour)
        end = Timestamp(microseconds: ((last.microseconds + margin) / hour + 1) * hour)
        self.zone = zone
    }

    func x(_ time: Timestamp) -> Double {
        let share = Double(time.microseconds(since: start)) / Double(end.microseconds(since: start))
        return Self.left + Self.width * min(max(share, 0), 1)
    }

    /// The labels of the axis: hours where the picture shows about a day, else days. At most about 16.
    var ticks: [(at: Timestamp, label: String)] {
        let hours = Int(end.microseconds(since: start) / 3_600_000_000)
        if hours <= 36 { return marks(each: hours <= 12 ? 1 : 3) { $0.clock } }
        return midnights(each: max(1, hours / 24 / 8)).map { time in
            let wall = WallTime(time, in: zone)
            return (time, "\(Self.weekday(wall.weekday)) \("\(wall.date)".suffix(5))")
        }
    }

    /// The first midnight of each step of days, where it exists: day by day, for the picture may show centuries.
    private func midnights(each days: Int) -> [Timestamp] {
        let (first, last) = (WallTime(start, in: zone).date.daysSince1970, WallTime(end, in: zone).date.daysSince1970)
        return stride(from: first, through: last, by: days).prefix(64).compactMap { day in
            let time = Timestamp(microseconds: zone.instant(ofLocal: Int64(day) * 86_400) * 1_000_000)
            return start <= time && time <= end && WallTime(time, in: zone).second == 0 ? time : nil
        }
    }

    /// The first moment of each step of hours by the wall clock, where it exists; of a picture of about a day.
    private func marks(each hours: Int, _ label: (WallTime) -> String) -> [(at: Timestamp, label: String)] {
        var marks: [(at: Timestamp, label: String)] = []
        var time = start
        var last: WallTime?
        while time <= end, marks.count < 64 {
            let wall = WallTime(time, in: zone)
            if wall.second % (hours * 3_600) == 0, last != wall {
                marks.append((time, label(wall)))
                last = wall
            }
            // Shifts of clocks and zones are of quarters of an hour.
            time = time.adding(microseconds: 900_000_000)
        }
        return marks
    }

    static func weekday(_ day: Weekday) -> String { day.rawValue.prefix(1).uppercased() + day.rawValue.dropFirst() }
}
