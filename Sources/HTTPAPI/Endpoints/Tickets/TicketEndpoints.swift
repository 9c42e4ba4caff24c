import Domain
import HTTPTypes

/// The operations on tickets.
enum TicketEndpoints {
    typealias Command<Body: RequestObject> = Endpoint<TicketPath, NoQuery, Body, TicketResource>

    static let create = Endpoint<NoPath, NoQuery, CreateTicket, TicketResource>(
        "createTicket",
        .post,
        "/v1/tickets",
        tag: "tickets",
        summary: "Creates a ticket",
        description: "It waits for an agent at once where it has a queue: the one named, else the default queue.",
        scope: .ticketsWrite,
        idempotency: .optional,
        hasEntityTag: true,
        statuses: [.created],
        problems: [.unavailable]
    )
    static let createBatch = Endpoint<NoPath, NoQuery, CreateTickets, BatchResource>(
        "createTickets",
        .post,
        "/v1/tickets/batch",
        tag: "tickets",
        summary: "Creates up to 100 tickets",
        description:
            "Each item stands for itself: it is created or refused as by createTicket, and the answer is 207 in any case. With an Idempotency-Key "
            + "of at most \(TicketBatch.maximumKeyLength) characters an item without a key of its own has this one, with # and its index behind it. "
            + "With atomic, all are created in one transaction (200), or none: 422 then points at everything that is wrong in any of them.",
        scope: .ticketsWrite,
        idempotency: .optional,
        statuses: [.ok, .multiStatus],
        problems: [.unavailable],
        timeout: .seconds(60)
    )
    static let list = Endpoint<NoPath, TicketListQuery, NoBody, Page<ViewedTicket>>(
        "listTickets",
        .get,
        "/v1/tickets",
        tag: "tickets",
        summary: "Lists tickets",
        description: "In every order an index gives the rows, and the id decides ties. By due_at, the tickets without a promise that can still be "
            + "missed or is missed already come last, both ways.",
        scope: .ticketsRead,
        problems: [.unavailable]
    )
    static let count = Endpoint<NoPath, TicketCountQuery, NoBody, TicketCountResource>(
        "countTickets",
        .get,
        "/v1/tickets/count",
        tag: "tickets",
        summary: "Counts tickets",
        description: "With the filters of listTickets.",
        scope: .ticketsRead,
        problems: [.unavailable]
    )
    static let get = Endpoint<TicketPath, TicketQuery, NoBody, ViewedTicket>(
        "getTicket",
        .get,
        "/v1/tickets/{ticket_id}",
        tag: "tickets",
        summary: "Shows a ticket",
        description: "With include the answer has no ETag header: what is told beside the ticket changes without it. Its etag member is good for "
            + "If-Match.",
        scope: .ticketsRead,
        hasEntityTag: true,
        problems: [.unavailable]
    )
    static let update = Command<PatchTicket>(
        "updateTicket",
        .patch,
        "/v1/tickets/{ticket_id}",
        tag: "tickets",
        summary: "Edits a ticket",
        description: "A merge patch of its content. If-Match: * stands for whatever version there is.",
        scope: .ticketsWrite,
        idempotency: .optional,
        isConditional: true,
        hasEntityTag: true,
        problems: [.conflict, .unavailable]
    )
    static let reply = Command<AddMessage>(
        command: "replyToTicket",
        "replies",
        summary: "Adds a public reply",
        description:
            "The customer sees it. A reply to a ticket that was merged goes to the one in which it goes on, which is the answer (200). A customer's reply to a "
            + "closed ticket makes a follow-up ticket, which is the answer (201, follow_up_of); anybody else's is refused (409).",
        statuses: [.ok, .created],
        problems: [.conflict, .invalidTransition, .unavailable]
    )
    static let note = Command<AddMessage>(
        command: "addTicketNote",
        "notes",
        summary: "Adds an internal note",
        description: "Only agents see it.",
        problems: [.conflict, .invalidTransition, .unavailable]
    )
    static let transition = Command<TransitionTicket>(
        command: "transitionTicket",
        "transition",
        summary: "Moves a ticket to another state",
        description: "Only as the life cycle allows: 409 names the states that may follow. A ticket without an agent does not get in progress (409); "
            + "where it is reopened, it goes back to its queue.",
        problems: [.conflict, .invalidTransition, .unavailable]
    )
    static let assign = Command<AssignTicket>(
        command: "assignTicket",
        "assign",
        summary: "Gives a ticket to an agent",
        description: "By hand, beyond his capacity if need be.",
        scope: .ticketsAssign,
        problems: [.conflict, .invalidTransition, .unavailable]
    )
    static let claim = Command<ClaimTicket>(
        command: "claimTicket",
        "claim",
        summary: "Takes a ticket",
        description: "Of any number of agents at once exactly one gets it; 409 tells the others who.",
        scope: .ticketsClaim,
        problems: [.conflict, .invalidTransition, .unavailable]
    )
    static let release = Command<NoBody>(
        command: "releaseTicket",
        "release",
        summary: "Puts a ticket back into its queue",
        description: "It keeps its place.",
        scope: .ticketsRelease,
        problems: [.conflict, .invalidTransition, .unavailable]
    )
    static let messages = Endpoint<TicketPath, PageQuery, NoBody, Page<MessageResource>>(
        reading: "listTicketMessages",
        "messages",
        summary: "Lists a ticket's messages"
    )
    static let history = Endpoint<TicketPath, PageQuery, NoBody, Page<EventResource>>(
        reading: "listTicketHistory",
        "history",
        summary: "Lists what happened to a ticket"
    )
    static let timers = Endpoint<TicketPath, PageQuery, NoBody, TimersResource>(
        reading: "getTicketTimers",
        "timers",
        summary: "Shows a ticket's clocks, with what they counted"
    )
    static let statement = Endpoint<TicketPath, StatementQuery, NoBody, StatementResource>(
        reading: "explainTicketTimers",
        "timers/explain",
        summary: "Explains a ticket's promises to its customer, on one page",
        description: "Plain text in English or Chinese: what was promised, what was counted, what was not and why, and what is left."
    )
    static let handling = Endpoint<TicketPath, NoQuery, NoBody, HandlingResource>(
        reading: "getTicketTime",
        "time",
        summary: "Shows how long each step of a ticket took, and who had it",
        description: "A step is a stage in the hands of one group. The owners add up to their step, the steps and `rest` to the total, exactly."
    )
    static let explanation = Endpoint<TicketPath, ExplanationQuery, NoBody, RoutingExplanationResource>(
        reading: "explainTicketRouting",
        "routing-explanation",
        summary: "Explains why a ticket has its agent, or waits"
    )

    static let operations = [
        create.operation, createBatch.operation, list.operation, count.operation, get.operation, update.operation, reply.operation, note.operation,
        transition.operation, assign.operation, claim.operation, release.operation, messages.operation, history.operation, timers.operation,
        statement.operation, handling.operation, explanation.operation,
    ]
}
