import Domain
import Testing

@testable import UseCases

/// The pieces of a report's time: all of it, each instant once, in sizes that follow how long counting takes.
@Suite struct ReportPiecesTests {
    private static let day: Int64 = 86_400_000_000
    private static let begin = Timestamp(microseconds: 1_700_000_000_000_000)

    /// - Parameter duration: how long a piece takes.
    private func pieces(days: Int64, _ duration: (Range<Timestamp>) -> Duration) -> [Range<Timestamp>] {
        var pieces = ReportPieces(Self.begin..<Self.begin.adding(microseconds: days * Self.day))
        var all: [Range<Timestamp>] = []
        while let piece = pieces.next() {
            all.append(piece)
            pieces.took(duration(piece))
        }
        return all
    }

    private func expectWhole(_ pieces: [Range<Timestamp>], days: Int64) {
        #expect(pieces.first?.lowerBound == Self.begin && pieces.last?.upperBound == Self.begin.adding(microseconds: days * Self.day))
        #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }

    @Test("Ten years of a small desk are a few statements")
    func sparse() {
        let pieces = pieces(days: 3_650) { _ in .milliseconds(1) }
        expectWhole(pieces, days: 3_650)
        #expect(pieces.count <= 10)
    }

    @Test("No statement of a large desk takes much longer than the goal", arguments: [60_000_000, 3_000_000] as [Int64])
    func dense(perDay: Int64) {
        // A million timers a second.
        func duration(_ piece: Range<Timestamp>) -> Duration {
            .microseconds(piece.upperBound.microseconds(since: piece.lowerBound) / 1_000 * perDay / (Self.day / 1_000))
        }
        let pieces = pieces(days: 30, duration)
        expectWhole(pieces, days: 30)
        #expect(pieces.dropFirst(2).allSatisfy { duration($0) <= ReportPieces.goal * 4 })
        #expect(pieces.count < 30 * 24 * 60)
    }

    @Test("Nothing is asked of an empty time, and a crawling server gets the smallest pieces")
    func extremes() {
        #expect(pieces(days: 0) { _ in .zero }.isEmpty)
        var crawling = ReportPieces(Self.begin..<Self.begin.adding(microseconds: Self.day))
        var shortest = Self.day
        for _ in 0..<20 {
            guard let piece = crawling.next() else { break }
            shortest = min(shortest, piece.upperBound.microseconds(since: piece.lowerBound))
            crawling.took(.seconds(4))
        }
        #expect(shortest == ReportPieces.shortestLength)
    }
}
