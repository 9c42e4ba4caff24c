import Domain
import Glibc
import Testing

/// Random questions to random calendars, answered a second time by ``PieceWalk``.
///
/// `DOCKET_ORACLE_QUERIES` sets the number of questions (16,000 unless told), `DOCKET_ORACLE_SEED` where the seeds begin.
@Suite struct BusinessTimeOracleTests {
    private static let slices = 4
    private static let questionsOfCalendar = 250

    private static func number(_ name: String, _ fallback: Int) -> Int {
        getenv(name).flatMap { Int(String(cString: $0)) } ?? fallback
    }

    @Test(arguments: 0..<slices)
    func answersAreThoseOfTheWalk(_ slice: Int) throws {
        let firstSeed = Self.number("DOCKET_ORACLE_SEED", 1)
        let calendars = Self.number("DOCKET_ORACLE_QUERIES", 16_000) / Self.questionsOfCalendar
        var answered = 0
        for seed in stride(from: firstSeed + slice, to: firstSeed + calendars, by: Self.slices) {
            answered += try ask(seed: seed)
        }
        // A walk that is at its end answers nothing: nearly all questions must be answered.
        #expect(answered > calendars / Self.slices * Self.questionsOfCalendar * 3)
    }

    /// - Returns: how many answers were compared.
    private func ask(seed: Int) throws -> Int {
        var random = SplitMix(seed: UInt64(seed))
        let first = try #require(CivilDate(year: Int.random(in: 2007...2026, using: &random), month: Int.random(in: 1...12, using: &random), day: 1))
        let days = first.daysSince1970..<first.daysSince1970 + 70
        let definition = RandomCalendar(around: days, using: &random).definition
        let walk = try #require(PieceWalk(definition, days: days.lowerBound - 5..<days.upperBound + 40))
        let calendar = try BusinessCalendar(definition, zones: ZoneFiles())
        // Edges are asked about as often as what lies between them.
        let edges = walk.pieces.map { $0.start * 1_000_000 }.filter { (days.lowerBound..<days.upperBound).contains(Int($0 / 86_400_000_000)) }
        func time() -> Int64 {
            let edge = edges.randomElement(using: &random) ?? 0
            switch Int.random(in: 0..<4, using: &random) {
            case 0: return edge
            case 1: return edge + (Bool.random(using: &random) ? 1 : -1)
            default:
                let day = Int64.random(in: Int64(days.lowerBound)..<Int64(days.upperBound), using: &random)
                return day * 86_400_000_000 + Int64.random(in: 0..<86_400_000_000, using: &random)
            }
        }
        var answered = 0
        func compare(_ expected: Int64?, _ what: String, _ answer: () throws -> Int64) throws {
            guard let expected else { return }
            answered += 1
            let answer = try answer()
            #expect(answer == expected, "seed \(seed), \(definition.zone): \(what)")
        }
        for _ in 0..<Self.questionsOfCalendar {
            let (a, b) = (time(), time())
            let (from, to) = (Timestamp(microseconds: a), Timestamp(microseconds: b))
            let odd = Bool.random(using: &random) ? Int64.random(in: 0...999_999, using: &random) : 0
            let amount = Int64.random(in: 0...200, using: &random) * 900_000_000 + odd
            try compare(walk.elapsed(a, b), "elapsed \(a) \(b)") { try calendar.elapsed(from: from, to: to) }
            try compare(walk.add(amount, a), "add \(amount) to \(a)") { try calendar.add(amount, to: from).microseconds }
            try compare(walk.add(amount, a).flatMap(walk.nextOpen), "addOpen \(amount) to \(a)") {
                try calendar.addOpen(amount, to: from).microseconds
            }
            try compare(walk.sub(amount, a), "sub \(amount) from \(a)") { try calendar.sub(amount, from: from).microseconds }
            try compare(walk.isOpen(a) ? 1 : 0, "isOpen \(a)") { try calendar.isOpen(from) ? 1 : 0 }
            try compare(walk.nextOpen(a), "nextOpen \(a)") { try calendar.nextOpen(from).microseconds }
            try compare(walk.nextClose(a), "nextClose \(a)") { try calendar.nextClose(from).microseconds }
        }
        return answered
    }
}
