/// A queue's relaxation steps in order of time; the first is always in force from age 0 (routing.md B).
public struct RelaxationSchedule: Hashable, Sendable {
    /// Ascending by age; each contains everything that the earlier ones gave up.
    public let steps: [RelaxationStep]

    /// - Parameter steps: in any order; where none starts at 0, one that relaxes nothing is put in front.
    public init(_ steps: [RelaxationStep] = []) {
        var cumulative = [RelaxationStep(afterSeconds: 0)]
        for step in steps.sorted(by: { $0.afterSeconds < $1.afterSeconds }) {
            let widened = step.widening(cumulative[cumulative.count - 1])
            if step.afterSeconds <= cumulative[cumulative.count - 1].afterSeconds {
                cumulative[cumulative.count - 1] = widened
            } else {
                cumulative.append(widened)
            }
        }
        self.steps = cumulative
    }

    /// The position of the step that is in force by age alone.
    public func stepInForce(eligibleAt: Timestamp, now: Timestamp) -> Int {
        let age = now.microseconds(since: eligibleAt)
        return (steps.lastIndex { RelaxationSchedule.microseconds($0) <= age }) ?? 0
    }

    /// When the next step comes into force: what a timer must wake the dispatcher for. Nil once the last is reached.
    public func nextStepAt(eligibleAt: Timestamp, now: Timestamp) -> Timestamp? {
        let next = stepInForce(eligibleAt: eligibleAt, now: now) + 1
        return next < steps.count ? eligibleAt.adding(microseconds: RelaxationSchedule.microseconds(steps[next])) : nil
    }

    private static func microseconds(_ step: RelaxationStep) -> Int64 {
        RoutingTime.microseconds(max(0, step.afterSeconds))
    }
}
