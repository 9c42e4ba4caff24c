import Domain
import Store

/// What a decision about several tickets may look at: their rows, locked in the order of their ids, so that two such commands never wait for each other.
struct JointSituation: Sendable {
    let tickets: [TicketID: Ticket]
    let promises: [TicketID: PromiseSituation]
    let now: Timestamp
    let configuration: TenantConfiguration
    let transaction: TenantTransaction

    var tenant: TenantID { configuration.tenant }

    /// - Throws: ``UseCaseError/notFound``.
    func ticket(_ id: TicketID) throws(UseCaseError) -> Ticket {
        guard let ticket = tickets[id] else { throw .notFound }
        return ticket
    }
}

/// What a command does to several tickets.
struct JointChange: Sendable {
    /// What the caller is answered with.
    let answer: TicketChange
    /// The changes of other tickets.
    let others: [TicketChange]
    /// Appends what is written behind the tickets.
    let write: @Sendable (inout StatementList) -> Void

    init(answer: TicketChange, others: [TicketChange], write: @escaping @Sendable (inout StatementList) -> Void = { _ in }) {
        self.answer = answer
        self.others = others
        self.write = write
    }
}
