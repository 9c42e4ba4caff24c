import Crypto
import Domain
import Store

/// The mail that tells one person of one level of one run.
struct EscalationMail: Sendable {
    /// The same for the same run, round, level and address: whatever is repeated, the person gets one mail.
    let id: OutboxMessageID
    let payload: MailPayload

    static func mails(of steps: [EscalationStep], about ticket: Ticket) -> [EscalationMail] {
        steps.flatMap { step in
            step.notices.compactMap { notice in
                guard case .mail(let address) = notice else { return nil }
                return EscalationMail(step.firing, of: step.run, to: address, about: ticket, priority: step.priority)
            }
        }
    }

    /// - Parameter priority: what the level made of the ticket's; nil is what it has.
    init(_ firing: EscalationFiring, of run: EscalationRunID, to address: String, about ticket: Ticket, priority: Priority? = nil) {
        id = Self.id(of: firing, run: run, address: address)
        let round = firing.round == 0 ? "" : ", round \(firing.round + 1)"
        let isFallback = firing.outcome == .fallback
        let what = isFallback ? "Escalation found nobody" : "Escalation level \(firing.level + 1)\(round)"
        let subject = Self.line(ticket.content.subject)
        payload = MailPayload(
            to: [address],
            subject: "[#\(ticket.number)] \(what): \(subject)",
            text: """
                Ticket #\(ticket.number) needs attention\(isFallback ? ": nobody is behind any level of its escalation" : "").

                Subject: \(subject)
                Priority: P\((priority ?? ticket.content.priority).rawValue)
                State: \(ticket.state.rawValue)
                Level \(firing.level + 1)\(round), scheduled for \(firing.scheduledFor)\(firing.isLate ? " (late)" : "")

                """
        )
    }

    /// One line of at most 200 characters and 600 bytes: a header line of a mail takes 998 (RFC 5322 2.1.1), and a character may have many.
    private static func line(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        var bytes = 0
        for scalar in text.unicodeScalars.prefix(200) {
            let shown: Unicode.Scalar =
                switch scalar.properties.generalCategory {
                case .control, .lineSeparator, .paragraphSeparator: " "
                default: scalar
                }
            bytes += UTF8.width(shown)
            guard bytes <= 600 else { break }
            line.append(shown)
        }
        return String(line)
    }

    private static func id(of firing: EscalationFiring, run: EscalationRunID, address: String) -> OutboxMessageID {
        let name = "escalation mail|\(run)|\(firing.round)|\(firing.level)|\(address)"
        let bytes = Array(SHA256.hash(data: Array(name.utf8)))
        let high = bytes[0..<8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        let low = bytes[8..<16].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        // Marked as a UUIDv8 (RFC 9562 5.8): the meaning of the other bits is our own.
        return OutboxMessageID(high: high & ~0xF000 | 0x8000, low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}
