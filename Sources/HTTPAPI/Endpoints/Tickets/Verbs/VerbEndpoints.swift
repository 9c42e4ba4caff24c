import Domain
import HTTPTypes

/// The desk's verbs on tickets, each with a permission of its own (features.md A3.7, A3.12).
enum VerbEndpoints {
    static let transfer = command(
        TransferTicket.self,
        "transferTicket",
        "transfer",
        "Hands a ticket on",
        "To another agent, who gets it as it is, or to another queue, where it waits with its place in time and its skills kept.",
        .ticketsAssign
    )
    static let giveBack = command(
        ReturnTicket.self,
        "returnTicket",
        "return",
        "Gives a ticket back",
        "To whoever transferred it to the agent who has it; one that came otherwise goes back to its queue. "
            + "A key that acts for an agent can give back his own tickets (403).",
        .ticketsAssign
    )
    static let withdraw = command(
        NoBody.self,
        "withdrawTicket",
        "withdraw",
        "Takes a transferred ticket back",
        "Only who transferred it may (403), as long as its new owner has not answered, written a note or moved it (409).",
        .ticketsAssign
    )
    static let urge = command(
        UrgeTicket.self,
        "urgeTicket",
        "urge",
        "Urges",
        "Counted on the ticket and told to webhooks as ticket.urged; at most once in five minutes (429 with Retry-After).",
        .ticketsUrge
    )
    static let escalate = command(
        EscalateTicket.self,
        "escalateTicket",
        "escalate",
        "Calls for help",
        "Starts the escalation chain of the ticket's queue, else that of its SLA policy, at once; 409 while one runs for the same trigger.",
        .ticketsEscalate
    )
    static let ask = Endpoint<TicketPath, NoQuery, AskColleague, ConsultationResource>(
        "createConsultation",
        .post,
        "/v1/tickets/{ticket_id}/consultations",
        tag: "tickets",
        summary: "Asks a colleague about a ticket",
        description: "The ticket stays with its agent and its clocks run on; it cannot be resolved meanwhile (409). At most ten are open at once.",
        scope: .ticketsConsult,
        idempotency: .optional,
        acceptsIfMatch: true,
        statuses: [.created],
        problems: [.conflict, .unavailable]
    )
    static let consultations = Endpoint<TicketPath, PageQuery, NoBody, Page<ConsultationResource>>(
        "listConsultations",
        .get,
        "/v1/tickets/{ticket_id}/consultations",
        tag: "tickets",
        summary: "Lists a ticket's consultations",
        scope: .ticketsRead,
        problems: [.unavailable]
    )
    static let consultation = Endpoint<ConsultationPath, NoQuery, NoBody, ConsultationResource>(
        "getConsultation",
        .get,
        "/v1/tickets/{ticket_id}/consultations/{consultation_id}",
        tag: "tickets",
        summary: "Shows a consultation",
        scope: .ticketsRead,
        problems: [.unavailable]
    )
    static let answer = consultationCommand(
        AnswerConsultation.self,
        "answerConsultation",
        "answer",
        "Answers a colleague",
        "Only who was asked may (403). The answer is an internal note of his."
    )
    static let cancel = consultationCommand(
        NoBody.self,
        "cancelConsultation",
        "cancel",
        "Needs no answer any more",
        "For who asked, and for the agent who has the ticket (403)."
    )

    static let operations = [
        transfer.operation, giveBack.operation, withdraw.operation, urge.operation, escalate.operation, ask.operation, consultations.operation,
        consultation.operation, answer.operation, cancel.operation,
    ]

    private static func command<Body: RequestObject>(
        _ body: Body.Type,
        _ id: String,
        _ verb: String,
        _ summary: String,
        _ description: String,
        _ scope: Scope
    ) -> TicketEndpoints.Command<Body> {
        TicketEndpoints.Command<Body>(
            id,
            .post,
            "/v1/tickets/{ticket_id}/\(verb)",
            tag: "tickets",
            summary: summary,
            description: description,
            scope: scope,
            idempotency: .optional,
            acceptsIfMatch: true,
            hasEntityTag: true,
            problems: [.conflict, .forbidden, .unavailable]
        )
    }

    /// Answers with the ticket as it is afterwards, as every command on one does.
    private static func consultationCommand<Body: RequestObject>(
        _ body: Body.Type,
        _ id: String,
        _ verb: String,
        _ summary: String,
        _ description: String
    ) -> Endpoint<ConsultationPath, NoQuery, Body, TicketResource> {
        Endpoint<ConsultationPath, NoQuery, Body, TicketResource>(
            id,
            .post,
            "/v1/tickets/{ticket_id}/consultations/{consultation_id}/\(verb)",
            tag: "tickets",
            summary: summary,
            description: description,
            scope: .ticketsConsult,
            idempotency: .optional,
            acceptsIfMatch: true,
            hasEntityTag: true,
            problems: [.conflict, .forbidden, .unavailable]
        )
    }
}
