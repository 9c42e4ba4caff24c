/// The scopes of one credential.
public struct ScopeSet: Hashable, Sendable {
    private var bits: UInt64 = 0

    public init(_ scopes: some Sequence<Scope>) {
        for scope in scopes {
            insert(scope)
        }
    }

    /// Every scope there is.
    public static var all: ScopeSet { ScopeSet(Scope.allCases) }

    /// What a key may do for which nothing was named: everything but to look after keys, so that one that leaks makes no others.
    public static var usual: ScopeSet { ScopeSet(Scope.allCases.filter { $0 != .keysRead && $0 != .keysWrite }) }

    /// The set that stored names stand for; names of scopes that no longer exist grant nothing.
    public init(names: some Sequence<String>) {
        self.init(names.compactMap(Scope.init(rawValue:)))
    }

    public mutating func insert(_ scope: Scope) {
        bits |= ScopeSet.bit(of: scope)
    }

    public func contains(_ scope: Scope) -> Bool {
        bits & ScopeSet.bit(of: scope) != 0
    }

    /// Whether the holder may do what needs a scope: by the scope itself or by a wider one.
    public func permits(_ scope: Scope) -> Bool {
        contains(scope) || scope.wider.map(contains) == true
    }

    public var names: [String] { Scope.allCases.filter(contains).map(\.rawValue) }

    private static func bit(of scope: Scope) -> UInt64 {
        let position: UInt64 =
            switch scope {
            case .ticketsRead: 0
            case .ticketsWrite: 1
            case .eventsRead: 2
            case .agentsRead: 3
            case .agentsWrite: 4
            case .routingRead: 5
            case .routingWrite: 6
            case .policiesRead: 7
            case .policiesWrite: 8
            case .webhooksRead: 9
            case .webhooksWrite: 10
            case .ticketsAssign: 11
            case .ticketsConsult: 12
            case .ticketsUrge: 13
            case .ticketsEscalate: 14
            case .settlementsRead: 15
            case .settlementsWrite: 16
            case .ticketsBook: 17
            case .resourcesRead: 18
            case .resourcesWrite: 19
            case .reportsRead: 20
            case .penaltiesWrite: 21
            case .penaltiesApprove: 22
            case .deliveriesRead: 23
            case .deliveriesWrite: 24
            case .ticketsMerge: 25
            case .ticketsSplit: 26
            case .keysRead: 27
            case .keysWrite: 28
            case .ticketsClaim: 29
            case .ticketsRelease: 30
            case .ticketsTransfer: 31
            case .ticketsReturn: 32
            case .ticketsWithdraw: 33
            }
        return 1 << position
    }
}
