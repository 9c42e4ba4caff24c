import Domain
import Store

extension TicketCommands {
    /// What a decision about existing tickets may look at: their rows, locked in the order of their ids, so that no two commands wait for each other.
    struct Situation: Sendable {
        /// The one that the request names.
        let ticket: Ticket
        /// All that the command has locked, the first one too.
        let tickets: [TicketID: Ticket]
        let promises: [TicketID: PromiseSituation]
        let now: Timestamp
        let configuration: TenantConfiguration
        let transaction: TenantTransaction

        var tenant: TenantID { configuration.tenant }
    }

    /// What a command does to several tickets.
    struct JointChange: Sendable {
        /// What the caller is answered with.
        let answer: TicketChange
        /// The changes of other tickets.
        let others: [TicketChange]
        /// Appends what is written behind the tickets.
        let write: @Sendable (inout StatementList) -> Void

        init(answer: TicketChange, others: [TicketChange] = [], write: @escaping @Sendable (inout StatementList) -> Void = { _ in }) {
            self.answer = answer
            self.others = others
            self.write = write
        }
    }
}
