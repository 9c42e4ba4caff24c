/// Why a chain is refused.
public enum EscalationChainError: Error, Hashable, Sendable, CustomStringConvertible {
    case levelCount
    case repeats
    case acknowledgementTTL
    case timeout(level: Int)
    case targets(level: Int)
    case actions(level: Int)
    case address(level: Int, target: Int)
    case flow(level: Int)

    public var description: String {
        switch self {
        case .levelCount: "/levels: a chain has 1 to 20 levels"
        case .repeats: "/repeats: 0 to 9"
        case .acknowledgementTTL: "/ack_ttl: 1 second to 366 days"
        case .timeout(let level): "/levels/\(level)/timeout: 1 second to 366 days"
        case .targets(let level): "/levels/\(level)/targets: 1 to 50 targets"
        case .actions(let level): "/levels/\(level)/actions: at least one action, each once"
        case .address(let level, let target): "/levels/\(level)/targets/\(target)/address: not an e-mail address"
        case .flow(let level): "/levels/\(level)/flow: a name of 1 to 100 characters with the action start_flow, and only with it"
        }
    }
}
