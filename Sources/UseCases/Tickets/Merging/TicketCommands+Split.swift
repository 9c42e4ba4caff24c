public import Domain
import Store

/// Splitting messages off a ticket (sla.md, Split; features.md A4.11).
extension TicketCommands {
    /// Makes a new ticket of messages of a ticket. It begins at the time of the first one, belongs to the same customer, and waits in the same queue unless
    /// another is named; the messages stay readable where they were said.
    ///
    /// - Parameter profile: of the key that splits: the new ticket is not below its floor.
    /// - Returns: the new ticket.
    public func split(_ request: TicketRequest, _ part: SplitRequest, profile: IntakeProfile = .none) async throws -> CommandOutcome {
        // Before the transaction: numbers may have gaps, and no command waits for a second connection while it holds one.
        let number = try await environment.numbers.next(for: request.tenant)
        let new: TicketID = environment.identifiers.next()
        return try await changeJointly(request) { situation in
            let ticket = situation.ticket
            let messages = try await messages(part.messages, of: ticket, in: situation)
            var content = environment.rules.content(of: ticket, subject: part.subject, description: part.description)
            content.priority = profile.raised(content.priority)
            content.leaveInactiveSite(situation.configuration)
            content.queueID = part.queueID ?? content.queueID
            content.groupID = part.groupID ?? content.groupID
            if let requester = content.requesterID {
                // Whose it is now: his tickets may be on their way to another organization, and who moves him later waits and finds this one.
                let facts = LockRequesterFacts(tenant: situation.tenant, requester: requester)
                content.organizationID = try await situation.transaction.first(of: facts)?.organizationID
            }
            let problems = TicketValidation(configuration: situation.configuration).problems(of: content, before: ticket.content)
            guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
            var placed = place(content, in: situation)
            // Rules of the queue may have given it another.
            placed.content.priority = profile.raised(placed.content.priority)
            placed.content.weight = situation.configuration.weight(of: placed.content, editedFrom: ticket.content)
            let isThroughVIPKey = try await cameThroughVIPKey(ticket, in: situation)
            let change = try environment.rules.split(
                ticket,
                messages: messages,
                id: new,
                number: number,
                content: placed.content,
                intake: placed.record,
                isThroughVIPKey: isThroughVIPKey,
                by: request.actor,
                at: situation.now
            )
            return JointChange(answer: change.split, others: [change.original]) {
                $0.add(CopyMessages(tenant: situation.tenant, source: ticket.id, messages: messages.map(\.id), target: new))
            }
        }
    }

    private func messages(_ ids: [MessageID], of ticket: Ticket, in situation: Situation) async throws -> [TicketMessage] {
        let found = try await situation.transaction.rows(of: LoadSplitMessages(tenant: situation.tenant, ticket: ticket.id, messages: ids))
        let known = Set(found.map(\.id))
        if let unknown = ids.firstIndex(where: { !known.contains($0) }) { throw TicketRefusal.merge(.unknownMessage(unknown)) }
        return found
    }

    /// Where a ticket that comes from another one waits: in its queue, or where the conditions send it when that one takes no more.
    ///
    /// - Parameter entry: where it comes in instead, before the conditions are asked.
    func place(_ content: TicketContent, in situation: Situation, entry: QueueID? = nil) -> (content: TicketContent, record: IntakeRecord?) {
        var content = content
        let configuration = situation.configuration
        if let queue = content.queueID, configuration.queues[queue]?.isActive != true { content.queueID = entry }
        let tier = configuration.promises.tier(of: content.organizationID)
        let placed = configuration.intake.place(content, tier: tier) { configuration.isClosed($0, at: situation.now) }
        return (placed.content, placed.record)
    }
}
