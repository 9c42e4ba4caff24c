extension TicketEvent {
    /// `ticket.change_reported`: something happened that plans were made for, and these were started.
    public struct ChangeReported: Hashable, Sendable, Codable {
        public var trigger: PlaybookTrigger
        public var note: String
        public var playbookIDs: [PlaybookID]
        /// How many tasks the plans brought.
        public var taskCount: Int
    }

    /// `ticket.task_finished`
    public struct TaskFinished: Hashable, Sendable, Codable {
        public var taskID: TicketTaskID
        public var outcome: TicketTask.Outcome
    }
}
