import Domain

/// Plays one incident through the public API.
struct IncidentPlayer: Sendable {
    /// How long the feed is asked before the API is asked why a ticket waits.
    private static let firstLook = Duration.seconds(2)
    private static let hopeless: Set<String> = ["unroutable", "everyone_excluded"]

    let client: ReplayClient
    let watch: AssignmentWatch
    let setting: ReplaySetting
    /// Begins the idempotency keys of this run.
    let run: String
    /// How long an assignment is waited for.
    let assignmentTimeout: Duration

    /// A ticket that is there, and how long its creation took.
    struct Created: Sendable {
        let ticket: TicketThing
        let microseconds: Int64
    }

    /// - Throws: ``ReplayError`` where the ticket is not made.
    func create(_ incident: Incident) async throws -> Created {
        let skill = incident.group.flatMap { setting.skillIDs[$0] }
        let body = TicketBody(
            subject: "Incident \(incident.number)",
            category: incident.category,
            location: incident.location,
            impact: incident.impact.rawValue,
            urgency: incident.urgency.rawValue,
            external_ref: incident.number,
            group_id: incident.group.flatMap { setting.groupIDs[$0] },
            required_skills: skill.map { [SkillAtLevel(skill_id: $0, level: 1)] } ?? []
        )
        let start = ContinuousClock.now
        let ticket = try await client.send(.post("/v1/tickets", body, key: key(incident, "create")), as: TicketThing.self)
        return Created(ticket: ticket, microseconds: start.duration(to: .now).microseconds)
    }

    /// Waits for the ticket's agent, then goes through the incident's changes.
    ///
    /// - Parameter pause: waits until a recorded time has come.
    func follow(_ incident: Incident, _ created: Created, pause: (Incident.Move) async throws -> Void) async throws -> IncidentOutcome {
        var outcome = IncidentOutcome(number: incident.number)
        outcome.ticketID = created.ticket.id
        outcome.createMicroseconds = created.microseconds
        outcome.hasRecordedPriority = created.ticket.priority == "P\(incident.priority.rawValue)"
        var state = created.ticket.state
        do {
            if let assignment = try await assignment(of: created.ticket.id, &outcome) {
                outcome.assignMicroseconds = assignment.latency
                state = TicketState.assigned.rawValue
            }
            for (index, move) in incident.moves.enumerated() {
                try await pause(move)
                try await play(move, index, of: incident, created.ticket.id, &state, &outcome)
            }
        } catch let error as ReplayError {
            outcome.failures.append(error.description)
        }
        return outcome
    }

    /// Looks at the ticket after everything: who has it, and which promises were kept.
    func conclude(_ outcome: IncidentOutcome) async throws -> IncidentOutcome {
        guard let id = outcome.ticketID else { return outcome }
        var outcome = outcome
        do {
            outcome.isAssigned = try await client.send(.get("/v1/tickets/\(id)"), as: TicketThing.self).assignee_id != nil
            if outcome.isAssigned {
                outcome.unassignedReason = nil
            } else if outcome.unassignedReason == nil {
                outcome.unassignedReason = try await reason(id)
            }
            let states = try await client.send(.get("/v1/tickets/\(id)/timers?limit=200"), as: TimerList.self).data.map(\.state)
            if states.contains(where: { $0.hasPrefix("breached") }) {
                outcome.isSLAMet = false
            } else if states.contains("met") {
                outcome.isSLAMet = true
            }
        } catch let error as ReplayError {
            outcome.failures.append(error.description)
        }
        return outcome
    }

    private func assignment(of ticket: String, _ outcome: inout IncidentOutcome) async throws -> AssignmentWatch.Assignment? {
        let firstLook = min(Self.firstLook, assignmentTimeout)
        if let assignment = await watch.assignment(of: ticket, within: firstLook) { return assignment }
        outcome.unassignedReason = try await reason(ticket)
        if let reason = outcome.unassignedReason, Self.hopeless.contains(reason) { return nil }
        if let assignment = await watch.assignment(of: ticket, within: assignmentTimeout - firstLook) {
            outcome.unassignedReason = nil
            return assignment
        }
        // The feed may be behind: the ticket itself knows.
        if try await client.send(.get("/v1/tickets/\(ticket)"), as: TicketThing.self).assignee_id != nil {
            outcome.unassignedReason = nil
            return AssignmentWatch.Assignment(latency: nil)
        }
        outcome.unassignedReason = try await reason(ticket)
        return nil
    }

    private func reason(_ ticket: String) async throws -> String? {
        try await client.send(.get("/v1/tickets/\(ticket)/routing-explanation"), as: RoutingReason.self).text
    }

    private func play(
        _ move: Incident.Move,
        _ index: Int,
        of incident: Incident,
        _ ticket: String,
        _ state: inout String,
        _ outcome: inout IncidentOutcome
    ) async throws {
        let body = TransitionBody(state: move.state.rawValue)
        let request = try ReplayRequest.post("/v1/tickets/\(ticket)/transition", body, key: key(incident, "move-\(index + 1)"))
        let response = try await client.answer(to: request)
        switch response.status {
        case 200..<300:
            outcome.acceptedTransitions += 1
            state = try response.decode(TicketThing.self, from: request).state
        case 409:
            state = response.problem?.state ?? state
            outcome.refusedTransitions["\(state)→\(move.state.rawValue)", default: 0] += 1
        default:
            throw ReplayError(response, to: request)
        }
    }

    private func key(_ incident: Incident, _ step: String) -> String {
        "\(run)-\(ReplayNames.key(incident.number, maximumLength: 120))-\(step)"
    }
}

extension Duration {
    /// Whole microseconds.
    fileprivate var microseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
