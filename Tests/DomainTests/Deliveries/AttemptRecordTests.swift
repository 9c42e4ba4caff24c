import Domain
import Testing

/// api.md 7: of an answer at most 4 KiB are kept.
@Suite struct AttemptRecordTests {
    @Test("What was no UTF-8 takes no more room than what was", arguments: [UInt8(0xFF), 0x80, 0xC3])
    func noText(byte: UInt8) {
        let answer = String(decoding: [UInt8](repeating: byte, count: 4_096), as: UTF8.self)
        let record = AttemptRecord(statusCode: 500, detail: answer, duration: 0)
        #expect(record.detail.utf8.count == 4_095 && record.detail.unicodeScalars.allSatisfy { $0 == "\u{FFFD}" })
    }

    @Test("It ends behind a whole character, and NUL is replaced")
    func characters() {
        func kept(_ detail: String) -> String { AttemptRecord(statusCode: nil, detail: detail, duration: 0).detail }
        #expect(kept(String(repeating: "x", count: 5_000)) == String(repeating: "x", count: 4_096))
        #expect(kept(String(repeating: "日", count: 5_000)) == String(repeating: "日", count: 1_365))
        #expect(kept("x" + String(repeating: "🚪", count: 2_000)) == "x" + String(repeating: "🚪", count: 1_023))
        #expect(kept("a\0b") == "a\u{FFFD}b")
        #expect(kept(String(repeating: "\0", count: 5_000)).utf8.count == 4_095)
    }
}
