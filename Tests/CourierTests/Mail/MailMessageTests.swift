import Domain
import Foundation
import Testing

@testable import Courier

@Suite struct MailMessageTests {
    private let tenant = TenantID(high: 1, low: 2)
    private let delivery = OutboxMessageID(high: 3, low: 4)

    private func message(
        subject: String = "Hello",
        text: String = "Hi.\n",
        name: String? = nil,
        references: [MessageIdentifier] = [],
        origin: MailMessage.Origin = .generated
    ) throws -> String {
        let sender = try #require(EmailAddress("desk@docket.example"))
        let recipient = try #require(EmailAddress("bob@example.com"))
        let message = try MailMessage(
            from: Mailbox(name: name, address: sender),
            to: [Mailbox(address: recipient)],
            subject: subject,
            text: text,
            date: Timestamp(microseconds: 1_795_255_200_000_000),
            id: MessageIdentifier(tenant: tenant, delivery: delivery, sender: sender),
            references: references,
            origin: origin
        )
        let bytes = message.rendered()
        #expect(bytes.allSatisfy { $0 < 0x80 })
        #expect(SMTPContent.isAcceptable(bytes))
        return String(decoding: bytes, as: UTF8.self)
    }

    private func body(of message: String) throws -> String {
        let end = try #require(message.firstRange(of: "\r\n\r\n"))
        return String(message[end.upperBound...])
    }

    @Test func rendersHeadersInOrder() throws {
        let sender = try #require(EmailAddress("desk@docket.example"))
        let id = "<\(MessageIdentifier(tenant: tenant, delivery: delivery, sender: sender).text)>"
        #expect(
            try message(name: "Service Desk")
                == [
                    "Date: Sat, 21 Nov 2026 10:00:00 +0000", "From: Service Desk <desk@docket.example>", "To: bob@example.com", "Subject: Hello",
                    "Message-ID: \(id)", "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
                    "Content-Transfer-Encoding: quoted-printable", "", "Hi.", "",
                ].joined(separator: "\r\n")
        )
        #expect(!(try message(origin: .person).contains("Auto-Submitted")))
    }

    @Test func messageIDsDependOnTenantAndDelivery() throws {
        let sender = try #require(EmailAddress("desk@docket.example"))
        let id = MessageIdentifier(tenant: tenant, delivery: delivery, sender: sender)
        #expect(id == MessageIdentifier(tenant: tenant, delivery: delivery, sender: sender))
        #expect(id != MessageIdentifier(tenant: TenantID(high: 1, low: 3), delivery: delivery, sender: sender))
        #expect(id != MessageIdentifier(tenant: tenant, delivery: OutboxMessageID(high: 3, low: 5), sender: sender))
        #expect(id.text.hasSuffix("@docket.example"))
        #expect(MessageIdentifier("<\(id.text)>") == id)
        for text in ["", "@", "a b@c", "a@b@c", "<a@b", "a@b\r\nX: y", "ü@x.example"] {
            #expect(MessageIdentifier(text) == nil, "\(text)")
        }
    }

    @Test func referencesKeepTheFirstAndTheNewest() throws {
        let ids = (0..<100).compactMap { MessageIdentifier("m\($0)@x.example") }
        let text = try message(references: ids)
        #expect(text.contains("In-Reply-To: <m99@x.example>\r\n"))
        #expect(text.contains("References: <m0@x.example> <m81@x.example>"))
        #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 78 })
    }

    @Test(arguments: [
        "a\r\nBcc: all@example.com", "a\nb", "a\rb", "a\u{0}b", "a\u{1B}[2J", "a\u{85}b", "a\u{2028}b", String(repeating: "a", count: 999),
    ])
    func refusesHeaderInjection(_ text: String) {
        #expect(throws: MailMessageError.unsafeHeader("Subject")) { try message(subject: text) }
        #expect(throws: MailMessageError.unsafeHeader("display name")) { try message(name: text) }
    }

    @Test(arguments: [
        ("Anna", "Anna"), ("Anna B. C", "\"Anna B. C\""), ("a \"b\" \\c", "\"a \\\"b\\\" \\\\c\""), ("Bücher", "=?utf-8?B?QsO8Y2hlcg==?="),
        ("=?utf-8?B?eA==?=", "=?utf-8?B?PT91dGYtOD9CP2VBPT0/PQ==?="),
    ])
    func namesAreQuotedOrEncoded(_ name: String, _ expected: String) throws {
        #expect(try message(name: name).contains("From: \(expected) <desk@docket.example>\r\n"))
    }

    @Test(arguments: [
        "Grüße aus Köln", "你的工单已更新", String(repeating: "汉字 ", count: 80), String(repeating: "word ", count: 100) + "end", "  spaces  inside  ",
        "=?x?=",
        String(repeating: "x", count: 500), "👩‍👩‍👧‍👦 family", "",
    ])
    func subjectsReadBack(_ subject: String) throws {
        let text = try message(subject: subject)
        let lines = text.components(separatedBy: "\r\n")
        let start = try #require(lines.firstIndex { $0.hasPrefix("Subject:") })
        let folded = [lines[start]] + lines[(start + 1)...].prefix { $0.hasPrefix(" ") }
        #expect(folded.allSatisfy { $0.utf8.count <= 76 })
        #expect(folded.dropFirst().allSatisfy { !$0.allSatisfy { $0 == " " } })
        // Unfolding removes the line breaks; spaces between encoded words are not part of the text (RFC 2047 6.2).
        let value = String(folded.joined().dropFirst("Subject: ".count))
        #expect(decoded(value) == subject)
    }

    private func decoded(_ value: String) -> String {
        guard value.hasPrefix("=?utf-8?B?") else { return value }
        var bytes: [UInt8] = []
        for word in value.split(separator: " ") {
            #expect(word.utf8.count <= 75)
            let piece = Base64.decode(word.dropFirst("=?utf-8?B?".count).dropLast(2)) ?? []
            // Each word must be readable alone.
            #expect(String(validating: piece, as: UTF8.self) != nil)
            bytes += piece
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        "plain\n", "no end", "a\r\nb\nc\rd", "trailing space \nand tab\t\n", "= equals =\n", "Grüße\n", ".\n..\n.x\n", "",
        String(repeating: "x", count: 500),
        String(repeating: "ü", count: 200), String(repeating: "x", count: 76), String(repeating: "x", count: 75) + " ",
        String(repeating: "x", count: 74) + "==", "From me\n",
        "你好，世界\n" + String(repeating: "中文", count: 100),
    ])
    func textsReadBack(_ text: String) throws {
        let rendered = try message(text: text)
        let body = try body(of: rendered)
        #expect(body.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 76 && !$0.hasSuffix(" ") && !$0.hasSuffix("\t") })
        let bytes: [UInt8]
        if rendered.contains("Encoding: base64") {
            bytes = try #require(Base64.decode(body.replacingOccurrences(of: "\r\n", with: "")))
        } else {
            bytes = unquoted(body)
        }
        #expect(bytes == MailBody.withCRLF(text))
    }

    private func unquoted(_ body: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(body.replacingOccurrences(of: "=\r\n", with: "").utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "=") {
                bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }

    @Test func chineseTextGoesAsBase64() throws {
        #expect(try message(text: "你的工单已更新，请查看。").contains("Content-Transfer-Encoding: base64\r\n"))
        #expect(try message(text: "Der Drucker im zweiten Stock läuft wieder.").contains("Content-Transfer-Encoding: quoted-printable\r\n"))
    }

    @Test(
        arguments: [
            (0, "Thu, 1 Jan 1970 00:00:00 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"), (951_825_600_000_000, "Tue, 29 Feb 2000 12:00:00 +0000"),
            (1_795_255_200_999_999, "Sat, 21 Nov 2026 10:00:00 +0000"),
        ] as [(Int64, String)]
    )
    func dates(_ microseconds: Int64, _ expected: String) {
        #expect(MailDate.text(Timestamp(microseconds: microseconds)) == expected)
    }

    @Test(arguments: ["a@b.example", "first.last+tag@sub.example.com", "!#$%&'*+-/=?^_`{|}~@x.example", "a@xn--bcher-kva.example"])
    func takesAddresses(_ text: String) {
        #expect(EmailAddress(text)?.text == text)
    }

    @Test(arguments: [
        "", "a", "@b.example", "a@", "a@b", "a@localhost", "a@@b.example", "a@b@c.example", ".a@b.example", "a.@b.example", "a..b@c.example",
        "a b@c.example",
        "\"a b\"@c.example", "a@[127.0.0.1]", "a@127.0.0.1", "a@b.example.", "a@-b.example", "<a@b.example>", "a@b.example>\r\nRCPT TO:<x@y.example",
        "a\r\n@b.example",
        "a\u{0}@b.example", "ü@b.example", "a@bücher.example", "Anna <a@b.example>", "a@b.example,c@d.example", "(x)a@b.example",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.example",
    ])
    func refusesAddresses(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test func addressesDoNotPrintTheirLocalPart() throws {
        let address = try #require(EmailAddress("canary@B.example"))
        #expect("\(address)" == "…@b.example")
    }

    @Test func boundsAreKept() throws {
        let bob = try #require(EmailAddress("bob@example.com"))
        let mailbox = try Mailbox(address: bob)
        let id = MessageIdentifier(tenant: tenant, delivery: delivery, sender: bob)
        func make(_ count: Int, text: String = "") throws(MailMessageError) -> MailMessage {
            try MailMessage(
                from: mailbox,
                to: Array(repeating: mailbox, count: count),
                subject: "",
                text: text,
                date: Timestamp(microseconds: 0),
                id: id
            )
        }
        #expect(throws: MailMessageError.noRecipient) { try make(0) }
        #expect(throws: MailMessageError.tooManyRecipients) { try make(51) }
        #expect(throws: MailMessageError.tooLarge) { try make(1, text: String(repeating: "a", count: 1_048_577)) }
        #expect(MailEnvelope(returnPath: nil, recipients: []) == nil)
    }
}
