import Domain
import Testing

/// What a dispatcher's assignment can mean to clocks: told from the policies, and held against the clocks themselves.
@Suite struct SLATransitionTests {
    private static let reference = SLAPolicyReference(id: SLAPolicyID(high: 9, low: 1), version: 1)

    private static func assignment(_ policies: [SLAPolicyReference: SLAPolicyDefinition], current: [SLAPolicy] = []) -> SLATransition {
        SLATransition(from: .waitingAssignment, to: .assigned, lifecycle: .standard, versions: policies, current: current)
    }

    @Test(
        "A pause concerns it that holds on one side only, for each metric",
        arguments: SLAMetric.allCases,
        [
            ([("state", "waiting_assignment")], true), ([("state", "assigned")], true), ([("category", "new")], true), ([("category", "open")], true),
            ([("state", "waiting_assignment"), ("state", "assigned")], false), ([("state", "waiting_assignment"), ("category", "open")], false),
            ([("category", "new"), ("category", "open")], false), ([("state", "in_progress")], false), ([("category", "pending")], false),
            ([("state", "new")], false), ([], false),
        ] as [([(String, String)], Bool)]
    )
    func pauses(_ metric: SLAMetric, _ example: (pauses: [(kind: String, name: String)], isConcerned: Bool)) throws {
        var policy = SLAPolicyDefinition(name: "P", targets: [SLATarget(metric: metric, seconds: 3_600)])
        policy.pauses = try example.pauses.map { pause in
            pause.kind == "state"
                ? SLAPause(metric, state: pause.name) : SLAPause(metric, category: try #require(StateCategory(rawValue: pause.name)))
        }
        let step = Self.assignment([Self.reference: policy])
        #expect(step.policies == (example.isConcerned ? [Self.reference] : []))
        #expect(!step.concernsConditions && step.isWithoutEffect != example.isConcerned)
    }

    @Test(
        "Conditions concern it that ask for who has the ticket, or for the state and are not the same on both sides",
        arguments: [
            (.field("state", .equals, .text("assigned")), true),
            (.not(.field("state", .equals, .text("waiting_assignment"))), true),
            (.all([.field("priority", .equals, .number(1)), .any([.field("state", .oneOf, .list(["new", "waiting_assignment"]))])]), true),
            (.field("assignee_id", .isSet, .flag(true)), true),
            (.not(.any([.field("assignee_id", .equals, .text("somebody"))])), true),
            (.field("state", .oneOf, .list(["assigned", "waiting_assignment"])), false),
            (.field("state", .equals, .text("resolved")), false),
            (.field("state", .isSet, .flag(true)), false),
            (.field("queue_id", .equals, .text("assigned")), false),
            (.all([]), false),
        ] as [(TicketCondition, Bool)]
    )
    func conditions(_ condition: TicketCondition, _ isConcerned: Bool) {
        var chosen = SLAPolicyDefinition(name: "P", targets: [SLATarget(metric: .resolution, seconds: 3_600)])
        var cancelled = chosen
        chosen.conditions = condition
        cancelled.cancelConditions = [.field("priority", .equals, .number(1)), condition]
        for definition in [chosen, cancelled] {
            let step = Self.assignment([:], current: [SLAPolicy(reference: Self.reference, position: 1, definition: definition)])
            #expect(step.concernsConditions == isConcerned && step.policies.isEmpty)
        }
    }

    @Test("A step that ends work, or leads to another stage, concerns every policy")
    func everything() {
        let policies = [Self.reference: SLAPolicyDefinition(name: "P", targets: [SLATarget(metric: .resolution, seconds: 3_600)])]
        for (before, after) in [
            (TicketState.assigned, TicketState.resolved), (.resolved, .inProgress), (.assigned, .inProgress), (.resolved, .closed),
        ] {
            let step = SLATransition(from: before, to: after, lifecycle: .standard, versions: policies, current: [])
            #expect(step.policies == [Self.reference], "\(before) to \(after)")
        }
    }

    /// The clocks of random tickets under random policies: where nothing is said to change, nothing does; and what is said to change often does.
    @Test func whatIsLeftOutChangesNothing() throws {
        let calendars = try RandomCalendars(seed: 2)
        var counts = (same: 0, concerned: 0, moved: 0)
        for seed in 0..<4_000 {
            let history = RandomHistory(seed: UInt64(seed), calendars: calendars)
            let engine = SLAEngine(context: history.context)
            var waiting = try engine.replay(history.changes.flatMap { $0 }).ledger
            guard !waiting.facts.isFinished else { continue }
            let entered = SLASignal(at: history.end, .stateEntered(.new, name: "waiting_assignment"))
            _ = try engine.apply([entered, SLASignal(at: history.end, .stageEntered(.confirm))], to: &waiting)
            let time = history.end.adding(microseconds: Int64(seed % 50) * 3_600_000_000 + 1)
            var assigned = waiting
            let given = SLASignal(at: time, .stateEntered(.open, name: "assigned"))
            _ = try engine.apply([given, SLASignal(at: time, .stageEntered(.confirm))], to: &assigned)
            let isConcerned = waiting.facts.rulingPolicy.map(Self.assignment(history.context.policies).policies.contains) ?? false
            let isSame = waiting.hasClocks(of: assigned, at: time)
            if isConcerned {
                counts.concerned += 1
                counts.moved += isSame ? 0 : 1
            } else {
                counts.same += 1
                #expect(isSame, "seed \(seed)")
            }
        }
        #expect(counts.same > 500 && counts.concerned > 500 && counts.moved > counts.concerned / 2, "\(counts)")
    }
}
