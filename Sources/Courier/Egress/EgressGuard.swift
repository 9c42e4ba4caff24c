/// Decides where a request to a tenant's URL really goes: checks the URL, resolves the name, checks every address.
///
/// The connection is then made to a checked address. Were the name resolved a second time by the HTTP client, a name server could
/// give a harmless address to the check and an inner one to the client (DNS rebinding).
public struct EgressGuard: Sendable {
    public let policy: EgressPolicy
    private let resolver: any HostResolver

    public init(policy: EgressPolicy, resolver: any HostResolver = SystemResolver()) {
        self.policy = policy
        self.resolver = resolver
    }

    /// - Returns: the addresses to connect to, in the order in which they should be tried; at least one.
    /// - Throws: the first reason against it. One forbidden address among several forbids the name.
    public func destinations(of url: EgressURL) async throws(EgressError) -> [IPAddress] {
        try policy.check(url)
        switch url.host {
        case .address(let address):
            return [address]
        case .name(let name):
            let addresses = try await resolver.addresses(of: name)
            guard !addresses.isEmpty else { throw .unresolvable }
            for address in addresses {
                try policy.check(address)
            }
            return addresses
        }
    }
}
