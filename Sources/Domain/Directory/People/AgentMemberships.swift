/// Where an agent belongs.
public struct AgentMemberships: Hashable, Sendable {
    public struct QueueMembership: Hashable, Sendable {
        public let queueID: QueueID
        public let tier: Int

        public init(queueID: QueueID, tier: Int) {
            self.queueID = queueID
            self.tier = tier
        }
    }

    public let groups: [GroupID]
    public let queues: [QueueMembership]

    public init(groups: [GroupID], queues: [QueueMembership]) {
        self.groups = groups
        self.queues = queues
    }
}
