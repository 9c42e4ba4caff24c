public import Domain
import Store

extension TicketCommands {
    /// Moves a ticket to another state of its life cycle.
    ///
    /// - Parameter isWithoutAgent: lets a ticket get in progress that has no agent, for histories recorded elsewhere.
    public func transition(
        _ request: TicketRequest,
        to target: TicketState,
        isWithoutAgent: Bool = false
    ) async throws -> CommandOutcome {
        try await change(request) { situation in
            let rules = environment.rules
            let change = try rules.transition(situation.ticket, to: target, isWithoutAgent: isWithoutAgent, by: request.actor, at: situation.now)
            // What was solved, or waited for others, was left with whoever went away.
            let before = rules.lifecycle.category(of: situation.ticket.state)
            let beginsWork = before != .open && rules.lifecycle.category(of: change.after.state) == .open
            guard !change.isEmpty, beginsWork || before?.isUnsolved == false, let agent = change.after.assigneeID,
                let attendance = try await attendance(of: agent, with: situation)
            else { return change }
            if !attendance.isActive { return rules.redistributeAfter(change) }
            guard attendance.isGone(grace: 0), request.actor.agentID != agent, !(try await isAnswered(with: situation)) else { return change }
            return rules.requeueAfter(change)
        }
    }

    private func isAnswered(with situation: Situation) async throws -> Bool {
        try await situation.transaction.first(of: LoadIsAnswered(tenant: situation.tenant, ticket: situation.ticket.id)) ?? true
    }

    /// Adds a public reply or an internal note. A reply to a ticket that was merged goes to where that one went; a customer's reply to a closed ticket makes
    /// a follow-up ticket (sla.md).
    ///
    /// - Parameters:
    ///   - author: an agent or a requester must exist in the tenant; the ticket's own requester is meant by `.requester(nil)`.
    ///   - profile: of the key that writes: what it says about new tickets holds for a follow-up ticket too.
    ///   - isConfined: whether the caller sees this ticket only: then nothing is said elsewhere.
    /// - Returns: the ticket that has the message now.
    public func addMessage(
        _ request: TicketRequest,
        visibility: TicketMessage.Visibility,
        author: TicketMessage.Author,
        body: String,
        profile: IntakeProfile = .none,
        isConfined: Bool = false
    ) async throws -> CommandOutcome {
        var message = NewMessage(visibility: visibility, author: author, body: body)
        var request = request
        // Where a reply belongs changes by a merge only: that it does so again while it is looked for is rare.
        for _ in 0..<3 {
            do {
                return try await add(request, message, isConfined: isConfined)
            } catch ReplyDetour.merged(let author) {
                // Whose own reply it is was settled by the ticket that he wrote to.
                message = NewMessage(visibility: visibility, author: author, isAuthorSettled: true, body: body)
                request.ticket = try await mergeTarget(of: request.ticket, in: request.tenant)
                request.expectedVersion = nil
            } catch ReplyDetour.closed {
                return try await followUp(request, with: message, profile: profile)
            }
        }
        throw UseCaseError.busy
    }

    private func add(_ request: TicketRequest, _ new: NewMessage, isConfined: Bool) async throws -> CommandOutcome {
        // Who is asked about a ticket may write notes to it.
        let isNote = new.visibility == .internal
        return try await change(isNote ? request.unconfined : request) { situation in
            if isNote, let agent = request.confinedTo { try await requirePart(of: agent, with: situation) }
            try await requireAuthor(new.author, with: situation)
            let author = new.author(on: situation.ticket)
            switch environment.rules.place(ofMessageBy: author.kind, new.visibility, on: situation.ticket) {
            case .here: break
            case .mergeTarget: if !isConfined { throw ReplyDetour.merged(author: author) }
            case .followUp: if !isConfined { throw ReplyDetour.closed }
            }
            let message = TicketMessage(
                id: environment.identifiers.next(),
                ticketID: request.ticket,
                visibility: new.visibility,
                author: author,
                body: new.body,
                createdAt: max(situation.now, situation.ticket.updatedAt)
            )
            let actor = Self.actor(for: author, otherwise: request.actor)
            let change = try environment.rules.add(message, to: situation.ticket, by: actor, at: situation.now)
            guard case .requester = author, let agent = change.after.assigneeID, let attendance = try await attendance(of: agent, with: situation)
            else { return change }
            if !attendance.isActive { return environment.rules.redistributeAfter(change) }
            return attendance.isGone(grace: 0) ? environment.rules.requeueAfter(change) : change
        }
    }

    /// A provider's agent has the ticket, or is asked about it and has not answered yet.
    private func requirePart(of agent: AgentID, with situation: Situation) async throws {
        guard situation.ticket.assigneeID != agent else { return }
        let open = try await situation.transaction.rows(of: LoadOpenConsultations(tenant: situation.tenant, ticket: situation.ticket.id))
        guard open.contains(where: { $0.agentID == agent }) else { throw TicketRefusal.verb(.notYours) }
    }

    private func attendance(of agent: AgentID, with situation: Situation) async throws -> LoadAttendance.Row? {
        try await situation.transaction.first(of: LoadAttendance(tenant: situation.tenant, agent: agent))
    }

    /// Edits a ticket's content.
    ///
    /// - Parameters:
    ///   - request: names the version that the caller edited; without one the edit is made to whatever is there (`If-Match: *`, RFC 9110 13.1.1).
    ///   - reason: needed when the priority is set by hand (features.md A2.7).
    ///   - followsMatrix: whether another impact or urgency brings the priority that follows from it (features.md A2.4).
    ///   - profile: of the key that edits: what it lowers stays above its floor.
    ///   - edit: makes the new content from the present one, or throws ``UseCaseError/invalid(_:)``.
    public func update(
        _ request: TicketRequest,
        reason: String? = nil,
        followsMatrix: Bool = false,
        profile: IntakeProfile = .none,
        edit: @escaping @Sendable (TicketContent) throws -> TicketContent
    ) async throws -> CommandOutcome {
        do {
            return try await change(request) { situation in
                let edited = try await withFacts(of: try edit(situation.ticket.content), situation: situation)
                let content = Self.completed(edited, in: situation, followsMatrix: followsMatrix, profile: profile)
                try await require(content, in: situation)
                return try environment.rules.update(
                    situation.ticket,
                    to: content,
                    reason: reason,
                    followsMatrix: followsMatrix || Self.isOfMatrix(edited, in: situation),
                    by: request.actor,
                    at: situation.now
                )
            }
        } catch StoreError.missingReference {
            throw UseCaseError.invalid([TicketValidation.unknownRequester])
        }
    }

    /// Whether the priority that the caller names is what follows from the impact or urgency that he sets with it.
    private static func isOfMatrix(_ content: TicketContent, in situation: Situation) -> Bool {
        let before = situation.ticket.content
        guard content.impact != before.impact || content.urgency != before.urgency else { return false }
        return content.priority == situation.configuration.priority(of: content)
    }

    /// What follows from an edit: the place of another site, the priority of another impact, and what the key says.
    private static func completed(
        _ edited: TicketContent,
        in situation: Situation,
        followsMatrix: Bool,
        profile: IntakeProfile
    ) -> TicketContent {
        let before = situation.ticket.content
        let sites = situation.configuration.sites
        var content = edited.moved(from: before, at: before.siteID.flatMap { sites[$0] }, to: edited.siteID.flatMap { sites[$0] })
        if followsMatrix, content.impact != before.impact || content.urgency != before.urgency {
            content.priority = situation.configuration.priority(of: content) ?? content.priority
        }
        if content.priority != before.priority { content.priority = profile.raised(content.priority) }
        if profile.isVIP, before.isRequesterVIP { content.isRequesterVIP = true }
        content.weight = situation.configuration.weight(of: content, editedFrom: before)
        return content
    }

    /// Throws ``UseCaseError/invalid(_:)`` naming everything that an edit made wrong.
    private func require(_ content: TicketContent, in situation: Situation) async throws {
        let before = situation.ticket.content
        var problems = TicketValidation(configuration: situation.configuration).problems(of: content, before: before)
        if let agent = content.preferredAgentID, agent != before.preferredAgentID,
            try await situation.transaction.first(of: FindContents<AgentContent>(tenant: situation.tenant, ids: [agent])) == nil
        {
            problems.append(TicketValidation.unknownAgent)
        }
        guard problems.isEmpty else { throw UseCaseError.invalid(problems) }
    }

    /// Another requester brings what is his.
    private func withFacts(of content: TicketContent, situation: Situation) async throws -> TicketContent {
        guard content.requesterID != situation.ticket.content.requesterID else { return content }
        let isVIP = try await cameThroughVIPKey(situation.ticket, in: situation)
        guard let requester = content.requesterID else { return content.taking(nil, isVIP: isVIP) }
        return try await taking(requester, content, isVIP: isVIP, in: situation)
    }

    /// The content with what its requester brings along. The language of the one before was his, unless the ticket was given another.
    func taking(_ requester: RequesterID, _ content: TicketContent, isVIP: Bool, in situation: Situation) async throws -> TicketContent {
        let before = situation.ticket.content
        var content = content
        if let former = before.requesterID, former != requester, let language = before.language, language == content.language {
            let facts = LockRequesterFacts(tenant: situation.tenant, requester: former)
            if try await situation.transaction.first(of: facts)?.language == language { content.language = nil }
        }
        let facts = LockRequesterFacts(tenant: situation.tenant, requester: requester)
        return content.taking(try await situation.transaction.first(of: facts), isVIP: isVIP)
    }

    static func actor(for author: TicketMessage.Author, otherwise actor: Actor) -> Actor {
        switch author {
        case .agent(let agent): .agent(agent)
        case .requester(.some(let requester)): .requester(requester)
        case .requester(nil), .system: actor
        }
    }

    func requireAuthor(_ author: TicketMessage.Author, with situation: Situation) async throws {
        switch author {
        case .agent(let agent):
            let exists = try await situation.transaction.first(of: AgentExists(tenant: situation.tenant, agent: agent))
            guard exists == true else { throw UseCaseError.invalid([.unknown("agent", at: "/author/agent_id")]) }
        case .requester(.some(let requester)):
            let exists = try await situation.transaction.first(of: RequesterExists(tenant: situation.tenant, requester: requester))
            guard exists == true else { throw UseCaseError.invalid([.unknown("requester", at: "/author/requester_id")]) }
        case .requester(nil), .system:
            break
        }
    }
}
