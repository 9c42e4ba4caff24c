import Domain
import HTTPTypes

/// The desk's verbs on tickets, each with a permission of its own (features.md A3.7, A3.12).
enum VerbEndpoints {
    static let transfer = TicketEndpoints.Command<TransferTicket>(
        command: "transferTicket",
        "transfer",
        summary: "Hands a ticket on",
        description: "To another agent, who gets it as it is, or to another queue, where it waits with its place in time and its skills kept.",
        scope: .ticketsTransfer,
        problems: [.conflict, .unavailable]
    )
    static let giveBack = TicketEndpoints.Command<ReturnTicket>(
        command: "returnTicket",
        "return",
        summary: "Gives a ticket back",
        description: "To whoever transferred it to the agent who has it; one that came otherwise goes back to its queue. "
            + "A key that acts for an agent can give back his own tickets (403).",
        scope: .ticketsReturn,
        problems: [.conflict, .unavailable]
    )
    static let withdraw = TicketEndpoints.Command<NoBody>(
        command: "withdrawTicket",
        "withdraw",
        summary: "Takes a transferred ticket back",
        description: "Only who transferred it may (403), as long as its new owner has not answered, written a note or moved it (409).",
        scope: .ticketsWithdraw,
        problems: [.conflict, .unavailable]
    )
    static let urge = TicketEndpoints.Command<UrgeTicket>(
        command: "urgeTicket",
        "urge",
        summary: "Urges",
        description: "Counted on the ticket and told to webhooks as ticket.urged; at most once in five minutes (429 with Retry-After).",
        scope: .ticketsUrge,
        problems: [.conflict, .unavailable]
    )
    static let escalate = TicketEndpoints.Command<EscalateTicket>(
        command: "escalateTicket",
        "escalate",
        summary: "Calls for help",
        description:
            "Starts the escalation chain of the ticket's queue, else that of its SLA policy, at once; 409 while one runs for the same trigger.",
        scope: .ticketsEscalate,
        problems: [.conflict, .unavailable]
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
        reading: "listConsultations",
        "consultations",
        summary: "Lists a ticket's consultations"
    )
    static let consultation = Endpoint<ConsultationPath, NoQuery, NoBody, ConsultationResource>(
        reading: "getConsultation",
        "consultations/{consultation_id}",
        summary: "Shows a consultation"
    )
    static let answer = Endpoint<ConsultationPath, NoQuery, AnswerConsultation, TicketResource>(
        command: "answerConsultation",
        "consultations/{consultation_id}/answer",
        summary: "Answers a colleague",
        description: "Only who was asked may (403). The answer is an internal note of his.",
        scope: .ticketsConsult,
        problems: [.conflict, .unavailable]
    )
    static let cancel = Endpoint<ConsultationPath, NoQuery, NoBody, TicketResource>(
        command: "cancelConsultation",
        "consultations/{consultation_id}/cancel",
        summary: "Needs no answer any more",
        description: "For who asked, and for the agent who has the ticket (403).",
        scope: .ticketsConsult,
        problems: [.conflict, .unavailable]
    )

    static let operations = [
        transfer.operation, giveBack.operation, withdraw.operation, urge.operation, escalate.operation, ask.operation, consultations.operation,
        consultation.operation, answer.operation, cancel.operation,
    ]
}
