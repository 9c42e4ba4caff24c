import Domain
import Foundation

/// Business time by another road: the definition's words cut time into pieces at every boundary, each piece is open or not as a whole by its middle,
/// and questions are answered by walking over the pieces. Zones come from Foundation, not from the code under test.
struct PieceWalk {
    struct Piece {
        let start: Int64
        let end: Int64
        let isOpen: Bool
    }

    /// Without gaps, in order; seconds.
    let pieces: [Piece]

    init?(_ definition: CalendarDefinition, days: Range<Int>) {
        guard let zone = TimeZone(identifier: definition.zone), let first = days.first, let last = days.last else { return nil }
        func instant(_ day: Int, _ second: Int) -> Int64 {
            let local = Int64(day) * 86_400 + Int64(second)
            func offset(_ time: Int64) -> Int64 { Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time)))) }
            // Both sides of any shift near the time, by a day's distance from it.
            let (before, after) = (offset(local - 93_600), offset(local + 93_600))
            let shown = Set([before, after]).map { local - $0 }.filter { $0 + offset($0) == local }
            return shown.min() ?? local - before
        }
        func range(_ day: Int, _ wall: WallInterval) -> (Int64, Int64) { (instant(day, wall.start), instant(day, wall.end)) }
        let whole = WallInterval(start: 0, end: 86_400)
        var regular: [(Int64, Int64)] = []
        var closed: [(Int64, Int64)] = []
        var added: [(Int64, Int64)] = []
        for day in days {
            let date = CivilDate(daysSince1970: day)
            let weekday = Weekday.allCases[(day + 3) % 7]
            regular += (definition.alwaysOpen ? [whole] : definition.weekly[weekday] ?? []).map { range(day, $0) }
            for closure in definition.closures where PieceWalk.covers(closure, date) { closed.append(range(day, closure.part ?? whole)) }
            guard let hours = definition.openings[date] else { continue }
            closed.append(range(day, whole))
            added += hours.map { range(day, $0) }
        }
        let edges = Set((regular + closed + added).flatMap { [$0.0, $0.1] } + [instant(first + 2, 0), instant(last, 86_400)])
            // A window may reach over from the day before the first.
            .filter { $0 >= instant(first + 2, 0) }.sorted()
        func holds(_ ranges: [(Int64, Int64)], _ time: Double) -> Bool { ranges.contains { Double($0.0) < time && time < Double($0.1) } }
        pieces = zip(edges, edges.dropFirst()).map { start, end in
            let middle = Double(start + end) / 2
            return Piece(start: start, end: end, isOpen: holds(added, middle) || (holds(regular, middle) && !holds(closed, middle)))
        }
    }

    private static func covers(_ closure: CalendarClosure, _ date: CivilDate) -> Bool {
        switch closure.days {
        case .dates(let first, let last): return first <= date && date <= last
        case .yearly(let first, let last, _):
            let (from, to, day) = (first.month * 100 + first.day, last.month * 100 + last.day, date.month * 100 + date.day)
            return from <= to ? (from...to).contains(day) : day >= from || day <= to
        }
    }

    // All answers below are in microseconds.

    func elapsed(_ start: Int64, _ end: Int64) -> Int64 {
        if end < start { return -elapsed(end, start) }
        var sum: Int64 = 0
        for piece in pieces where piece.isOpen {
            sum += max(0, min(end, piece.end * 1_000_000) - max(start, piece.start * 1_000_000))
        }
        return sum
    }

    func isOpen(_ time: Int64) -> Bool {
        pieces.contains { $0.isOpen && $0.start * 1_000_000 <= time && time < $0.end * 1_000_000 }
    }

    /// nil where the answer lies behind the last piece.
    func add(_ amount: Int64, _ start: Int64) -> Int64? {
        if amount == 0 { return start }
        var left = amount
        for piece in pieces where piece.isOpen && piece.end * 1_000_000 > start {
            let from = max(start, piece.start * 1_000_000)
            let length = piece.end * 1_000_000 - from
            if left <= length { return from + left }
            left -= length
        }
        return nil
    }

    func sub(_ amount: Int64, _ end: Int64) -> Int64? {
        if amount == 0 { return end }
        var left = amount
        for piece in pieces.reversed() where piece.isOpen && piece.start * 1_000_000 < end {
            let to = min(end, piece.end * 1_000_000)
            let length = to - piece.start * 1_000_000
            if left <= length { return to - left }
            left -= length
        }
        return nil
    }

    func nextOpen(_ time: Int64) -> Int64? {
        pieces.first { $0.isOpen && $0.end * 1_000_000 > time }.map { max(time, $0.start * 1_000_000) }
    }

    func nextClose(_ time: Int64) -> Int64? {
        pieces.first { !$0.isOpen && $0.end * 1_000_000 > time }.map { max(time, $0.start * 1_000_000) }
    }
}
