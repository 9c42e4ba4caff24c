/// One policy as it was tried on a ticket, and why it was not the one (features.md A5.10).
public struct SLAPolicyTrial: Hashable, Sendable {
    public let policy: SLAPolicyReference
    public let position: Int
    public let name: String
    /// The first condition that the ticket does not meet; nil for the policy that matches.
    public let failure: ConditionFailure?
}

/// A condition that a ticket does not meet.
public struct ConditionFailure: Hashable, Sendable {
    /// A JSON pointer to it.
    public let pointer: String
    public let condition: TicketCondition
    /// What the ticket has in the field that the condition compares; nil where it has nothing there, or more than one field is looked at. Of a long text its beginning.
    public let actual: FieldValue?
}

extension FieldValue {
    /// The value as it is shown beside a condition, which itself has no longer texts.
    fileprivate var shown: FieldValue {
        guard case .text(let text) = self, text.count > TicketCondition.maximumLength else { return self }
        return .text(text.prefix(TicketCondition.maximumLength) + "…")
    }
}

extension SLAPolicyMatcher {
    /// The policies that were tried on a ticket with these fields, in their order, up to the one that matches.
    public func trials(for fields: [String: FieldValue]) -> [SLAPolicyTrial] {
        var texts = FoldedTexts()
        var trials: [SLAPolicyTrial] = []
        for policy in policies {
            let failure = policy.definition.conditions.failure(by: fields, &texts, at: "/conditions")
            trials.append(
                SLAPolicyTrial(policy: policy.reference, position: policy.position, name: policy.definition.name, failure: failure)
            )
            if failure == nil { break }
        }
        return trials
    }
}

extension TicketCondition {
    /// The first part that a ticket with these fields does not meet, or nil where it meets the condition.
    func failure(by fields: [String: FieldValue], _ texts: inout FoldedTexts, at pointer: String) -> ConditionFailure? {
        switch self {
        case .all(let parts):
            for (index, part) in parts.enumerated() {
                if let failure = part.failure(by: fields, &texts, at: "\(pointer)/all/\(index)") { return failure }
            }
            return nil
        case .any(let parts) where parts.count == 1: return parts[0].failure(by: fields, &texts, at: pointer + "/any/0")
        case .field(let name, _, _):
            return isMet(by: fields, &texts) ? nil : ConditionFailure(pointer: pointer, condition: self, actual: fields[name]?.shown)
        case .any, .not:
            let names = fieldNames
            let actual = names.count == 1 ? names.first.flatMap { fields[$0] } : nil
            return isMet(by: fields, &texts) ? nil : ConditionFailure(pointer: pointer, condition: self, actual: actual?.shown)
        }
    }
}
