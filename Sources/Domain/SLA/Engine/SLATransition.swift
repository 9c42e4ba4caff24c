/// What a move from one state to another can mean to clocks, told from the policies alone: whoever moves many tickets at once asks here whose clocks
/// must be written.
///
/// A clock starts, stops or pauses by a state where its metric runs in one of the two only (the table of sla.md, and what the policy pauses), and it gets
/// another promise where conditions ask for the state, or for who has the ticket. Everything else that clocks go by is the same before and after: group, priority, organization.
public struct SLATransition: Hashable, Sendable {
    /// The versions of policies under which some clock goes on otherwise.
    public let policies: Set<SLAPolicyReference>
    /// Whether another policy may apply, or a cancel condition be met.
    public let concernsConditions: Bool

    /// No clock of any ticket changes by it.
    public var isWithoutEffect: Bool { policies.isEmpty && !concernsConditions }

    /// - Parameters:
    ///   - versions: all that a ticket's clocks may go by.
    ///   - current: those that a ticket may get.
    public init(
        from before: TicketState,
        to after: TicketState,
        lifecycle: Lifecycle,
        versions: [SLAPolicyReference: SLAPolicyDefinition],
        current: [SLAPolicy]
    ) {
        policies = Set(versions.filter { Self.concerns($0.value, from: before, to: after, lifecycle) }.keys)
        let (old, new) = (FieldValue.text(before.rawValue), FieldValue.text(after.rawValue))
        // Who gets a ticket, or loses it, differs from one to the next.
        let asksWho = (before == .assigned) != (after == .assigned)
        concernsConditions = current.contains { policy in
            ([policy.definition.conditions] + policy.definition.cancelConditions).contains {
                $0.distinguishes(Ticket.stateField, old, from: new) || (asksWho && $0.fieldNames.contains(Ticket.assigneeField))
            }
        }
    }

    private static func concerns(_ policy: SLAPolicyDefinition, from before: TicketState, to after: TicketState, _ lifecycle: Lifecycle) -> Bool {
        // A state that the life cycle does not have says nothing to clocks.
        guard let old = lifecycle.category(of: before), let new = lifecycle.category(of: after) else { return false }
        guard old.isUnsolved, new.isUnsolved, lifecycle.stage(of: before) == lifecycle.stage(of: after) else { return true }
        return SLAMetric.allCases.contains {
            policy.runs($0, in: old, state: before.rawValue) != policy.runs($0, in: new, state: after.rawValue)
        }
    }
}
