/// Whom to call, in which order, when a promise is in danger (sla.md, Escalation chains). A run keeps its own copy.
public struct EscalationChain: Hashable, Sendable, Codable {
    public let version: Int
    public let levels: [EscalationLevel]
    /// How often the levels are gone through again: 0 to 9.
    public let repeats: Int
    /// Seconds after which an acknowledgement without a solution lapses; nil: it holds.
    public let acknowledgementTTL: Int64?

    private enum CodingKeys: String, CodingKey {
        case version
        case levels
        case repeats
        case acknowledgementTTL = "ack_ttl"
    }

    public init(version: Int, levels: [EscalationLevel], repeats: Int = 0, acknowledgementTTL: Int64? = nil) {
        self.version = version
        self.levels = levels
        self.repeats = repeats
        self.acknowledgementTTL = acknowledgementTTL
    }

    /// Longest timeout and acknowledgement, in seconds: a year.
    public static let maximumTimeout: Int64 = 366 * 86_400
    public static let maximumLevels = 20

    /// - Throws: ``EscalationChainError`` naming the first entry that is wrong.
    public func validate() throws(EscalationChainError) {
        guard (1...EscalationChain.maximumLevels).contains(levels.count) else { throw .levelCount }
        guard (0...9).contains(repeats) else { throw .repeats }
        if let ttl = acknowledgementTTL, !(1...EscalationChain.maximumTimeout).contains(ttl) { throw .acknowledgementTTL }
        for (index, level) in levels.enumerated() {
            guard (1...EscalationChain.maximumTimeout).contains(level.timeout) else { throw .timeout(level: index) }
            guard (1...EscalationLevel.maximumTargets).contains(level.targets.count) else { throw .targets(level: index) }
            let isTwice = level.actions.indices.contains { level.actions[..<$0].contains(level.actions[$0]) }
            guard !level.actions.isEmpty, !isTwice else { throw .actions(level: index) }
            let wrongAddress = level.targets.firstIndex {
                if case .email(let address) = $0 { !EscalationChain.isAddress(address) } else { false }
            }
            if let wrongAddress { throw .address(level: index, target: wrongAddress) }
            let isFlowWrong = level.flow.map { !EscalationLevel.flowLength.contains($0.unicodeScalars.count) } ?? false
            guard level.actions.contains(.startFlow) == (level.flow != nil), !isFlowWrong else { throw .flow(level: index) }
        }
    }

    /// The longest address of an e-mail (RFC 5321 4.5.3.1.3).
    public static let maximumAddressBytes = 254

    /// Less than ``EmailAddress`` asks, which new chains must fulfil: runs go on by chains that were stored before.
    ///
    /// One `@` with something on both sides, no spaces or control characters.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= maximumAddressBytes
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
}
