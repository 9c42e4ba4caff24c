extension TicketEvent {
    /// `ticket.change_reported`: something happened that plans were made for, and these were started.
    public struct ChangeReported: Hashable, Sendable, Codable {
        public var trigger: PlaybookTrigger
        /// What people said of it; nil where a breach was recorded.
        public var note: String?
        /// The clock whose target was missed; nil where people reported something.
        public var metric: SLAMetric?
        /// 1, 2, 3 … within the ticket and metric.
        public var instance: Int?
        public var playbookIDs: [PlaybookID]
        /// How many tasks the plans brought.
        public var taskCount: Int
        /// How many of them are required; nil is none.
        public var requiredCount: Int?

        init(_ trigger: PlaybookTrigger, note: String, starting playbooks: [Playbook]) {
            self.init(trigger, starting: playbooks)
            self.note = note
        }

        init(_ breach: SLAFiring, starting playbooks: [Playbook]) {
            self.init(.breached, starting: playbooks)
            metric = breach.metric
            instance = breach.instance
        }

        private init(_ trigger: PlaybookTrigger, starting playbooks: [Playbook]) {
            self.trigger = trigger
            playbookIDs = playbooks.map(\.id)
            let steps = playbooks.flatMap(\.content.steps)
            taskCount = steps.count
            let required = steps.count(where: \.isRequired)
            requiredCount = required == 0 ? nil : required
        }
    }

    /// `ticket.task_finished`
    public struct TaskFinished: Hashable, Sendable, Codable {
        public var taskID: TicketTaskID
        public var outcome: TicketTask.Outcome
        /// Whether the ticket could not be solved before; nil is false.
        public var isRequired: Bool?
    }
}
