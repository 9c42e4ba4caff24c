import HTTPTypes

extension Endpoint where Query == NoQuery, Output == TicketResource {
    /// A command on a ticket, or on something of it. It answers with the ticket as it is afterwards; `If-Match` is welcome but not needed.
    ///
    /// - Parameter place: what follows `/v1/tickets/{ticket_id}/`.
    init(
        command id: String,
        _ place: String,
        summary: String,
        description: String = "",
        scope: Scope = .ticketsWrite,
        statuses: [HTTPResponse.Status] = [.ok],
        problems: [ProblemCode] = [.conflict, .unavailable]
    ) {
        self.init(
            id,
            .post,
            "/v1/tickets/{ticket_id}/\(place)",
            tag: "tickets",
            summary: summary,
            description: description,
            scope: scope,
            idempotency: .optional,
            acceptsIfMatch: true,
            hasEntityTag: true,
            statuses: statuses,
            problems: problems
        )
    }
}

extension Endpoint where Body == NoBody {
    /// Shows something of a ticket to whoever may read tickets.
    ///
    /// - Parameter place: what follows `/v1/tickets/{ticket_id}/`.
    init(reading id: String, _ place: String, summary: String, description: String = "") {
        self.init(
            id,
            .get,
            "/v1/tickets/{ticket_id}/\(place)",
            tag: "tickets",
            summary: summary,
            description: description,
            scope: .ticketsRead,
            problems: [.unavailable]
        )
    }
}
