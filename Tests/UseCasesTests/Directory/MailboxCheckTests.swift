import Domain
import Testing

@testable import UseCases

/// What is taken as an address that mails are sent to.
@Suite struct MailboxCheckTests {
    @Test("The courier reads whatever is taken, as it was written; stored addresses are taken as they are", arguments: [1, 2, 3] as [UInt64])
    func taken(seed: UInt64) {
        var state = seed
        func random(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        // Mostly such as could be addresses.
        let pieces = ["a", "B", "7", "x.y", "example.com", "b-c", "@", "@", ".", "-", "_", "+", " ", "\"", "[", "ü", "\u{0}", "\r\n", "<", ">"]
        var takenCount = 0
        for _ in 0..<20_000 {
            let text = (0..<2 + random(5)).map { _ in pieces[random(random(4) == 0 ? pieces.count : 8)] }.joined()
            var checks = FieldChecks()
            checks.mailbox(text)
            guard checks.problems.isEmpty else {
                var again = FieldChecks()
                again.mailbox(text, stored: [text])
                #expect(again.problems.isEmpty && EmailAddress(text) == nil, "seed \(seed): \(text.debugDescription)")
                continue
            }
            takenCount += 1
            #expect(EmailAddress(text)?.text.lowercased() == text.lowercased(), "seed \(seed): \(text.debugDescription)")
            // Nothing that could end the command it stands in (RFC 5321 4.1.2).
            #expect(text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") })
        }
        #expect(takenCount > 100)
    }
}
