import Domain
import Store

/// Replies to tickets that are done for good.
extension TicketCommands {
    /// Makes a follow-up ticket of a customer's reply to a closed one: the same matter, new work. It waits in the same queue, for whoever the queue prefers.
    func followUp(_ request: TicketRequest, with new: NewMessage, profile: IntakeProfile) async throws -> CommandOutcome {
        let number = try await environment.numbers.next(for: request.tenant)
        let (ticketID, messageID): (TicketID, MessageID) = (environment.identifiers.next(), environment.identifiers.next())
        return try await changeJointly(request) { situation in
            let closed = situation.ticket
            guard case .followUp = environment.rules.place(ofMessageBy: new.author.kind, new.visibility, on: closed) else { throw UseCaseError.busy }
            try await requireAuthor(new.author, with: situation)
            let author = new.author(on: closed)
            let isThroughVIPKey =
                if profile.isVIP { true } else { try await cameThroughVIPKey(closed, in: situation) }
            var matter = try await matter(of: closed, by: author, isVIP: isThroughVIPKey, in: situation)
            matter.priority = profile.raised(matter.priority)
            let placed = place(matter, in: situation, entry: situation.configuration.entry(of: profile))
            var content = placed.content
            // Rules of the queue may have given it another.
            content.priority = profile.raised(content.priority)
            content.preferredAgentID = try await preferredAgent(for: content, in: situation)
            let message = TicketMessage(
                id: messageID,
                ticketID: ticketID,
                visibility: new.visibility,
                author: author,
                body: new.body,
                createdAt: situation.now
            )
            let change = environment.rules.followUp(
                closed,
                with: message,
                number: number,
                content: content,
                intake: placed.record,
                isThroughVIPKey: isThroughVIPKey,
                by: Self.actor(for: author, otherwise: request.actor),
                at: situation.now
            )
            return JointChange(answer: change.followUp, others: [change.original])
        }
    }

    /// Where a merged ticket's messages belong.
    func mergeTarget(of id: TicketID, in tenant: TenantID) async throws -> TicketID {
        guard let target = try await environment.database.first(FindMergeTarget(tenant: tenant, ticket: id), of: tenant) else {
            throw UseCaseError.conflict("the ticket was merged on more than \(FindMergeTarget.maximumSteps) times: reply to where it went")
        }
        return target
    }

    /// What the new ticket is about. What the closed one points at may be gone by now, and is left out then.
    private func matter(of closed: Ticket, by author: TicketMessage.Author, isVIP: Bool, in situation: Situation) async throws -> TicketContent {
        let configuration = situation.configuration
        var content = environment.rules.content(of: closed)
        if let group = content.groupID, !configuration.groups.contains(group) { content.groupID = nil }
        content.leaveInactiveSite(configuration)
        content.skills = SkillRequirements(
            required: content.skills.required.filter { configuration.skills.contains($0.skill) },
            optional: content.skills.optional.filter { configuration.skills.contains($0.skill) }
        )
        if case .requester(let requester) = author { content.requesterID = requester }
        guard let requester = content.requesterID else { return content.taking(nil, isVIP: isVIP) }
        // Who moves him to another organization meanwhile waits, and finds the new ticket.
        return try await taking(requester, content, isVIP: isVIP, in: situation)
    }

    private func preferredAgent(for content: TicketContent, in situation: Situation) async throws -> AgentID? {
        guard let last = situation.configuration.lastAgent(for: content, at: situation.now) else { return content.preferredAgentID }
        return try await situation.transaction.first(of: last) ?? content.preferredAgentID
    }
}
