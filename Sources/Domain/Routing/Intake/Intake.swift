/// Finds the queue of a new ticket and applies the rules on the way: pure, the same for the same configuration and ticket (routing.md D).
public struct Intake: Sendable {
    private struct Station: Sendable {
        let queue: IntakeQueue
        let rules: [Rule]
    }

    private struct Rule: Sendable {
        let rule: IntakeRule
        let keywords: [[UInt8]]
    }

    private let stations: [QueueID: Station]
    /// The queues that choose their tickets, in the order in which they are asked.
    private let choosing: [IntakeQueue]
    private let standard: QueueID?

    /// How often a ticket moves on at most.
    public static let maximumHops = 5

    /// - Parameter queues: in any order; inactive ones take nothing.
    public init(_ queues: [IntakeQueue]) {
        let active = queues.filter(\.isActive)
        stations = Dictionary(
            active.map { queue in
                (queue.id, Station(queue: queue, rules: queue.choices.rules.map { Rule(rule: $0, keywords: $0.keywords.map(KeywordText.folded)) }))
            },
            uniquingKeysWith: { first, _ in first }
        )
        choosing = active.filter { !$0.choices.match.isEmpty }.sorted { ($0.choices.position, $0.id) < ($1.choices.position, $1.id) }
        standard = active.first(where: \.isDefault)?.id
    }

    /// Routes a new ticket to its queue.
    ///
    /// - Parameters:
    ///   - content: a queue that it names is where it arrives; rules and opening hours hold there as for any other ticket.
    ///   - tier: that of its organization.
    ///   - isClosed: whether a queue is closed now.
    /// - Returns: the content with its queue and what the rules gave it; a record unless it simply stays in the queue it named or in the default one.
    public func place(
        _ content: TicketContent,
        tier: String?,
        isClosed: (QueueID) -> Bool = { _ in false }
    ) -> (content: TicketContent, record: IntakeRecord?) {
        var visit = Visit(content, tier: tier)
        guard let first = arrival(&visit), stations[first.queueID] != nil else { return (content, nil) }
        visit.enter(first)
        while let station = stations[visit.queue] {
            let sent = apply(station, to: &visit).map { IntakeRecord.Stop(queueID: $0, cause: .rule) }
            let refuge = station.queue.fallback.map { IntakeRecord.Stop(queueID: $0, cause: .closed) }
            if let sent, canMove(visit, to: sent) {
                visit.enter(sent)
            } else if let refuge, canMove(visit, to: refuge), isClosed(visit.queue) {
                visit.enter(refuge)
            } else {
                break
            }
        }
        return (visit.content, visit.isPlain ? nil : visit.record)
    }

    /// What a ticket weighs that came to rest in its queue, where nobody says it: by the first of the queue's weights that it meets; nil where it meets none.
    public func weight(of content: TicketContent, tier: String?) -> Int? {
        guard let queue = content.queueID, let station = stations[queue] else { return nil }
        var visit = Visit(content, tier: tier)
        return station.queue.choices.weights.first { visit.meets($0.conditions) }?.weight
    }

    /// What an edited ticket weighs: as long as it weighs what its queue's weights say of it, it follows them; what somebody said otherwise stays, and so does what it
    /// brings into another queue (decision 68).
    ///
    /// - Parameter tier: that of an organization.
    public func weight(of content: TicketContent, editedFrom before: TicketContent, tier: (OrganizationID?) -> String?) -> Int {
        guard let queue = before.queueID, content.queueID == queue, content.weight == before.weight,
            stations[queue]?.queue.choices.weights.isEmpty == false, before.weight == weightByRules(of: before, tier: tier)
        else { return content.weight }
        return weightByRules(of: content, tier: tier)
    }

    /// As for a new ticket that names none.
    private func weightByRules(of content: TicketContent, tier: (OrganizationID?) -> String?) -> Int {
        var unsaid = content
        unsaid.weight = 1
        return weight(of: unsaid, tier: tier(content.organizationID)) ?? 1
    }

    /// Where the ticket arrives; nil where there is neither a match nor a default queue.
    private func arrival(_ visit: inout Visit) -> IntakeRecord.Stop? {
        if let named = visit.content.queueID { return IntakeRecord.Stop(queueID: named, cause: .named) }
        for queue in choosing where visit.meets(queue.choices.match) {
            return IntakeRecord.Stop(queueID: queue.id, cause: .match)
        }
        return standard.map { IntakeRecord.Stop(queueID: $0, cause: .standard) }
    }

    private func canMove(_ visit: Visit, to stop: IntakeRecord.Stop) -> Bool {
        visit.record.path.count <= Intake.maximumHops && stations[stop.queueID] != nil && !visit.record.path.contains { $0.queueID == stop.queueID }
    }

    /// Applies the first rule that the ticket meets.
    ///
    /// - Returns: where it sends the ticket, if anywhere.
    private func apply(_ station: Station, to visit: inout Visit) -> QueueID? {
        for (position, entry) in station.rules.enumerated() where visit.meets(entry.rule.conditions) && visit.holds(anyOf: entry.keywords) {
            visit.take(entry.rule, position: position)
            return entry.rule.set.queueID
        }
        return nil
    }
}

extension Intake {
    /// A ticket on its way: what conditions see of it is made once and kept in step.
    private struct Visit {
        private(set) var content: TicketContent
        private(set) var record = IntakeRecord(path: [])
        /// Made when the first condition asks for them.
        private var fields: [String: FieldValue]?
        private var texts = FoldedTexts()
        private lazy var text = KeywordText([content.subject, content.description])
        private(set) var queue = QueueID(high: 0, low: 0)

        private let tier: String?

        init(_ content: TicketContent, tier: String?) {
            self.content = content
            self.tier = tier
        }

        /// Whether nothing was decided that the ticket's queue does not say by itself.
        var isPlain: Bool {
            record.rules.isEmpty && record.path.count == 1 && (record.path[0].cause == .named || record.path[0].cause == .standard)
        }

        mutating func enter(_ stop: IntakeRecord.Stop) {
            queue = stop.queueID
            content.queueID = stop.queueID
            fields?["queue_id"] = .text(stop.queueID.description)
            texts = FoldedTexts()
            record.path.append(stop)
        }

        mutating func meets(_ conditions: [TicketCondition]) -> Bool {
            if conditions.isEmpty { return true }
            let values = fields ?? content.fieldValues(tier: tier)
            fields = values
            return conditions.allSatisfy { $0.isMet(by: values, &texts) }
        }

        mutating func holds(anyOf keywords: [[UInt8]]) -> Bool {
            if keywords.isEmpty { return true }
            for keyword in keywords where text.contains(keyword) { return true }
            return false
        }

        mutating func take(_ rule: IntakeRule, position: Int) {
            record.rules.append(IntakeRecord.Winner(queueID: queue, position: position, name: rule.name))
            content.skills = SkillRequirements(
                required: content.skills.required + rule.set.requiredSkills,
                optional: content.skills.optional + rule.set.optionalSkills
            )
            content.priority = rule.set.priority ?? content.priority
            // The next queue's conditions see what this rule gave.
            fields = nil
            texts = FoldedTexts()
        }
    }
}
