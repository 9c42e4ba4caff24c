public import Domain
import FoundationEssentials

/// The body of a webhook (api.md 7): `{"type", "timestamp", "data": {"ticket_id", "number", "sequence", "version", …what happened}}`.
///
/// Thin: it says what happened and to which ticket, and carries none of what people wrote. It is made of nothing but the event, the ticket's number and whom the
/// delivery tells, which never change, with sorted keys: every attempt sends the same bytes.
public enum WebhookBody {
    /// The largest body, in bytes.
    public static let maximumBytes = 20_480

    /// The body of an event. One that would be larger than ``maximumBytes`` loses its details and says so: `"truncated": true`.
    ///
    /// - Parameters:
    ///   - number: the ticket's number as people see it.
    ///   - told: whom the delivery tells, where his quiet hours were waited for; nil: whoever the event says is told at once.
    /// - Returns: nil where the event holds something that JSON cannot; no event of ours does.
    public static func render(_ event: TicketEvent, number: Int64, told: AgentID? = nil) -> [UInt8]? {
        let event = told.map { event.telling($0) } ?? event
        guard let full = encode(Document(event: event, number: number, isTruncated: false)) else { return nil }
        return full.count <= maximumBytes ? full : encode(Document(event: event, number: number, isTruncated: true))
    }

    private static func encode(_ document: Document) -> [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(document)).map { Array($0) }
    }

    private struct Document: Encodable {
        let event: TicketEvent
        let number: Int64
        let isTruncated: Bool

        func encode(to encoder: any Encoder) throws {
            var document = encoder.container(keyedBy: WebhookKey.self)
            try document.encode(event.payload.kind, forKey: "type")
            try document.encode(event.at.millisecondText, forKey: "timestamp")
            var data = document.nestedContainer(keyedBy: WebhookKey.self, forKey: "data")
            try data.encode(event.ticketID, forKey: "ticket_id")
            try data.encode(number, forKey: "number")
            try data.encode(event.sequence, forKey: "sequence")
            try data.encode(event.version, forKey: "version")
            if isTruncated {
                try data.encode(true, forKey: "truncated")
            } else {
                try event.payload.encodeDetails(into: &data)
            }
        }
    }
}

extension TicketEvent {
    /// The same of a level that tells nobody else.
    fileprivate func telling(_ agent: AgentID) -> TicketEvent {
        guard case .escalated(var level) = payload else { return self }
        level.notified = [agent]
        level.toldLater = nil
        return TicketEvent(ticketID: ticketID, sequence: sequence, version: version, at: at, actor: actor, payload: .escalated(level))
    }
}

/// A key of a webhook's body.
struct WebhookKey: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringLiteral value: String) {
        stringValue = value
    }

    init?(stringValue: String) {
        self.stringValue = stringValue
    }

    init?(intValue: Int) {
        nil
    }
}
