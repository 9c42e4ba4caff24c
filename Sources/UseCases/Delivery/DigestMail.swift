import Domain
import Store

/// One mail instead of many to the same mailbox (features.md D13): what it says follows from its notices alone, so every attempt says the same.
struct DigestMail: Sendable {
    private let notices: [MailPayload]
    /// How many there are; of more than ``LoadNotices/limit`` the rest is counted only.
    private let total: Int

    init(_ rows: [LoadNotices.Row]) {
        notices = rows.compactMap(\.payload)
        total = rows.first?.total ?? 0
    }

    /// A single notice is sent as it is.
    ///
    /// - Returns: nil where nothing can be read.
    func payload(to recipients: [String]) -> MailPayload? {
        guard let first = notices.first else { return nil }
        if total == 1 { return MailPayload(to: recipients, subject: first.subject, text: first.text) }
        let lines = notices.map { "- \($0.subject)" } + (total > notices.count ? ["… and \(total - notices.count) more"] : [])
        return MailPayload(
            to: recipients,
            subject: "[Docket] \(total) notices",
            text: """
                \(total) notices came together. Each is kept in its ticket's history.

                \(lines.joined(separator: "\n"))

                """
        )
    }
}
