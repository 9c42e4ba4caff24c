import Domain

/// What is recorded of a ticket in a batch, in the order of its times.
enum DuePart {
    case threshold(SLAFiring)
    /// The plans that missed targets start.
    case starts([PlaybookStart])
    case step(EscalationStep)

    var payloads: [TicketEvent.Payload] {
        switch self {
        case .threshold(let firing): [firing.payload]
        case .starts(let starts): starts.map(\.payload)
        case .step(let step): [step.payload]
        }
    }
}

extension DueDecision {
    /// Thresholds and steps by the times at which they were due, as they would stand in the history had each been noticed then; at one instant the threshold comes
    /// first (sla.md, "Same instant order"). The plans that start follow the last threshold.
    func parts(starting starts: [PlaybookStart]) -> [DuePart] {
        var parts: [DuePart] = []
        var left = steps[...]
        for firing in firings {
            while let step = left.first, step.firing.scheduledFor < firing.scheduledFor {
                parts.append(.step(step))
                left.removeFirst()
            }
            parts.append(.threshold(firing))
        }
        if !starts.isEmpty { parts.append(.starts(starts)) }
        return parts + left.map(DuePart.step)
    }
}
