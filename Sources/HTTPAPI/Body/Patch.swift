/// What a merge patch (RFC 7396) says about one member.
public enum Patch<Value> {
    /// The member is not there: leave it as it is.
    case keep
    /// The member is null.
    case clear
    case set(Value)

    /// The value after the patch.
    public func applied(to current: Value?) -> Value? {
        switch self {
        case .keep: current
        case .clear: nil
        case .set(let value): value
        }
    }
}

extension Patch: Sendable where Value: Sendable {}
extension Patch: Equatable where Value: Equatable {}
