/// Something to be done for a ticket, as the plan said that was started; a later edit of the plan changes nothing of it.
public struct TicketTask: Hashable, Sendable {
    /// How a task ended.
    public enum Outcome: String, CaseIterable, Hashable, Sendable, Codable {
        case done
        /// It was not needed.
        case skipped
    }

    /// The end of a task.
    public struct Finish: Hashable, Sendable {
        public let outcome: Outcome
        public let note: String?
        public let actor: Actor
        public let time: Timestamp

        public init(outcome: Outcome, note: String?, actor: Actor, time: Timestamp) {
            self.outcome = outcome
            self.note = note
            self.actor = actor
            self.time = time
        }
    }

    public let id: TicketTaskID
    public let ticketID: TicketID
    public let playbookID: PlaybookID
    /// The version of the plan that was started.
    public let playbookVersion: Int64
    public let title: String
    public let instructions: String?
    /// Whether the ticket is not solved before it is done or skipped (features.md A4.7).
    public let isRequired: Bool
    public let startedAt: Timestamp
    public let dueAt: Timestamp?
    /// nil while it is to be done.
    public let finish: Finish?

    /// The most tasks that a ticket may ever have.
    public static let maximumCount = 500

    public init(
        id: TicketTaskID,
        ticketID: TicketID,
        playbookID: PlaybookID,
        playbookVersion: Int64,
        title: String,
        instructions: String?,
        isRequired: Bool = false,
        startedAt: Timestamp,
        dueAt: Timestamp?,
        finish: Finish? = nil
    ) {
        self.id = id
        self.ticketID = ticketID
        self.playbookID = playbookID
        self.playbookVersion = playbookVersion
        self.title = title
        self.instructions = instructions
        self.isRequired = isRequired
        self.startedAt = startedAt
        self.dueAt = dueAt
        self.finish = finish
    }

    /// The tasks of plans that are started for a ticket, in their order, which is that of their ids.
    ///
    /// - Parameter id: gives a new id.
    public static func tasks(of playbooks: [Playbook], for ticket: TicketID, at time: Timestamp, id: () -> TicketTaskID) -> [TicketTask] {
        let steps = playbooks.flatMap { playbook in playbook.content.steps.map { (playbook: playbook, step: $0) } }
        // Ids of one millisecond are in no order of their own.
        let ids = steps.map { _ in id() }.sorted()
        return zip(ids, steps).map { id, next in
            TicketTask(
                id: id,
                ticketID: ticket,
                playbookID: next.playbook.id,
                playbookVersion: next.playbook.version,
                title: next.step.title,
                instructions: next.step.instructions,
                isRequired: next.step.isRequired,
                startedAt: time,
                dueAt: next.step.dueAfterSeconds.map { time.adding(microseconds: Int64($0) * 1_000_000) }
            )
        }
    }
}
