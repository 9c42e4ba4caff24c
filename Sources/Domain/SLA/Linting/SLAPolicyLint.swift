/// The look at one policy that is valid by itself.
struct SLAPolicyLint {
    let linter: SLAPolicyLinter
    let definition: SLAPolicyDefinition
    let policy: Int
    private(set) var findings: [SLALintFinding] = []

    init(linter: SLAPolicyLinter, definition: SLAPolicyDefinition, policy: Int) {
        self.linter = linter
        self.definition = definition
        self.policy = policy
        checkConditions()
        // Where nothing matches, nothing else can be said.
        if !findings.contains(where: { $0.code == .neverMatches }) {
            checkStates()
            checkStages()
            checkPauses()
        }
        checkTargets()
        checkCalendars()
        checkMoney()
        checkChain()
    }

    mutating func add(_ severity: SLALintFinding.Severity, _ code: SLALintFinding.Code, _ pointer: String, _ message: String) {
        findings.append(SLALintFinding(severity, code, policy: policy, pointer, message))
    }

    /// Every metric that is promised something, in the order of the targets.
    var metrics: [SLAMetric] {
        definition.targets.map(\.metric).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The states in which a ticket may match.
    var states: [Lifecycle.State] {
        linter.lifecycle.states.filter { linter.reasoning.allows(definition.conditions, "state", .text($0.state.rawValue)) }
    }

    private mutating func checkConditions() {
        let conditions = definition.conditions
        if linter.reasoning.excludes([conditions]) {
            add(.error, .neverMatches, "/conditions", "no ticket can meet these conditions")
        }
        checkFields(of: conditions, at: "/conditions")
        checkValues(of: conditions, at: "/conditions")
        checkCancelConditions()
    }

    private mutating func checkCancelConditions() {
        let conditions = definition.conditions
        for (index, condition) in definition.cancelConditions.enumerated() {
            let pointer = "/cancel_conditions/\(index)"
            checkFields(of: condition, at: pointer)
            checkValues(of: condition, at: pointer)
            if linter.reasoning.implies(conditions, condition) {
                add(
                    .error,
                    .neverAttaches,
                    pointer,
                    "every ticket that the policy matches meets this condition: its clocks are cancelled as they start"
                )
            } else if linter.reasoning.excludes([condition]) {
                add(.warning, .cancelNeverMet, pointer, "no ticket can meet this condition")
            } else if linter.reasoning.excludes([conditions, condition]) {
                add(
                    .warning,
                    .cancelNeverMet,
                    pointer,
                    "no ticket that the policy matches can meet this condition: leaving the policy is no cancellation"
                )
            }
        }
        guard !findings.contains(where: { $0.code == .neverAttaches || $0.code == .neverMatches }),
            linter.reasoning.implies(conditions, someOf: definition.cancelConditions)
        else { return }
        let message = "every ticket that the policy matches meets one of these conditions: its clocks are cancelled as they start"
        add(.error, .neverAttaches, "/cancel_conditions", message)
    }

    private mutating func checkFields(of condition: TicketCondition, at pointer: String) {
        for name in condition.fieldNames.sorted() where !Ticket.isConditionField(name) {
            add(.warning, .unknownField, pointer, "tickets have no field \"\(name)\"")
        }
    }

    /// The comparisons within a condition that no ticket can meet; of the condition as a whole that is said elsewhere.
    private mutating func checkValues(of condition: TicketCondition, at pointer: String) {
        for (place, comparison) in condition.comparisons(at: pointer) where place != pointer && linter.reasoning.excludes([comparison]) {
            add(.warning, .impossibleValue, place, "no ticket can meet this comparison")
        }
    }

    private mutating func checkChain() {
        guard let chain = definition.chain, let chains = linter.references.chains else { return }
        guard let found = chains[chain] else { return add(.error, .unknownChain, "/chain_id", "there is no such escalation chain") }
        if found.levels.isEmpty { add(.error, .chainWithoutLevels, "/chain_id", "the escalation chain has no levels: it tells nobody") }
        guard definition.calendar == nil, found.levels.contains(where: { $0.mode == .business }) else { return }
        let message = "business levels count by the calendar of the ticket's organization, queue or tenant, and without one around the clock"
        add(.notice, .noCalendar, "/chain_id", message)
    }
}
