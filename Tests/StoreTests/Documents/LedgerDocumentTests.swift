import Foundation
import Postgres
import Testing

@testable import Domain
@testable import Store

/// The ledger's document: written and read without `Codable`, in the shape that rows have had from the beginning.
@Suite struct LedgerDocumentTests {
    private static func read(_ text: String) throws -> SLALedger {
        try DocumentCoding.read(SLALedger.self, from: Array(text.utf8))
    }

    private static func text(_ ledger: SLALedger) -> String {
        String(decoding: DocumentCoding.write(ledger), as: UTF8.self)
    }

    @Test("Any ledger comes back as it was")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("LedgerDocumentTests.roundTrip seed \(seed)")
        var ledgers = RandomLedger(random: SplitMix64(seed: seed))
        for _ in 0..<10_000 {
            let ledger = ledgers.ledger()
            guard try DocumentCoding.read(SLALedger.self, from: DocumentCoding.write(ledger)) == ledger else {
                Issue.record("seed \(seed): not the same: \(Self.text(ledger))")
                return
            }
        }
    }

    @Test("A document as `Codable` wrote it is read, and written in the same shape")
    func earlierForm() throws {
        let ledger = try Self.read(LedgerSample.text)
        #expect(try Self.members(Self.text(ledger)) == Self.members(LedgerSample.text))
        let timer = try #require(ledger.timers.first)
        #expect(ledger.facts.state == "wartet \"hier\" \\ é" && ledger.facts.instances[.stage] == 2 && ledger.timers.count == 2)
        #expect(timer.segments.last?.consumed == .max && timer.segments.last?.frozen?.calendar?.version == 1)
        #expect(timer.promise?.warnings == [.percent(75), .remaining(seconds: 1_800)] && timer.cancellation == .noPolicy)
        #expect(timer.fired.map(\.threshold) == [.warning(.percent(75))] && timer.nextFireAt == timer.breachAt)
    }

    @Test("The order of members and spaces between them, which jsonb changed, do not matter")
    func reordered() throws {
        let object = try JSONSerialization.jsonObject(with: Data(LedgerSample.text.utf8))
        let other = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .prettyPrinted])
        #expect(try Self.read(String(decoding: other, as: UTF8.self)) == Self.read(LedgerSample.text))
    }

    private static func members(_ text: String) throws -> NSDictionary {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
    }

    @Test("What is not a ledger is an error that says where, and nothing of the value")
    func refuses() throws {
        let whole = LedgerSample.text
        #expect(throws: Never.self) { try Self.read(whole) }
        for (part, replacement, message) in LedgerSample.faults {
            let text = whole.replacingOccurrences(of: part, with: replacement)
            try #require(text != whole, "\(part) is not in the sample")
            #expect(throws: DecodeError(message), "\(part) → \(replacement)") { try Self.read(text) }
        }
    }

    @Test("A truncated document is an error")
    func truncated() throws {
        let bytes = Array(LedgerSample.text.utf8)
        for length in 0..<bytes.count {
            #expect(throws: DecodeError.self) { try DocumentCoding.read(SLALedger.self, from: Array(bytes[..<length])) }
        }
    }

    @Test("A damaged document is read as something, or is an error")
    func damaged() {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("LedgerDocumentTests.damaged seed \(seed)")
        var random = SplitMix64(seed: seed)
        let marks = Array("{}[]\",:\\0-9eu. tfn".utf8)
        var refused = 0
        for _ in 0..<10_000 {
            var bytes = Array(LedgerSample.text.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes[place] = marks.randomElement(using: &random) ?? 0
                case 2: bytes.remove(at: place)
                default: bytes.insert(marks.randomElement(using: &random) ?? 0, at: place)
                }
            }
            do throws(DecodeError) {
                let ledger = try DocumentCoding.read(SLALedger.self, from: bytes)
                // What could be read can be written.
                _ = DocumentCoding.write(ledger)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 1_000)
    }
}
