/// What the courier may connect to on a tenant's behalf.
public struct EgressPolicy: Sendable, Equatable {
    /// Ports that a URL may name.
    public var allowedPorts: Set<Int>
    /// Whether `http` is taken beside `https`.
    public var allowsPlainHTTP: Bool
    /// Whether loopback addresses and the name `localhost` are taken, on any port. For development and tests only.
    public var allowsLoopback: Bool

    /// https to port 443 of global addresses only.
    public static let strict = EgressPolicy(allowedPorts: [443], allowsPlainHTTP: false, allowsLoopback: false)

    /// Also http and loopback, so that receivers can run beside a developer's own Docket; private networks stay closed.
    public static let development = EgressPolicy(allowedPorts: [80, 443], allowsPlainHTTP: true, allowsLoopback: true)

    public init(allowedPorts: Set<Int>, allowsPlainHTTP: Bool, allowsLoopback: Bool) {
        self.allowedPorts = allowedPorts
        self.allowsPlainHTTP = allowsPlainHTTP
        self.allowsLoopback = allowsLoopback
    }

    /// Checks one address.
    ///
    /// - Throws: ``EgressError/deniedAddress(purpose:)``.
    public func check(_ address: IPAddress) throws(EgressError) {
        if allowsLoopback, AddressRules.isLoopback(address) { return }
        if let purpose = AddressRules.denial(of: address) {
            throw .deniedAddress(purpose: purpose)
        }
    }

    /// Checks scheme, port and, where the host is an address, the address. Names are checked when they are resolved.
    ///
    /// The same check serves when an endpoint is saved and before each attempt.
    public func check(_ url: EgressURL) throws(EgressError) {
        guard url.scheme == .https || allowsPlainHTTP else { throw .plainHTTP }
        switch url.host {
        case .address(let address):
            try check(address)
            if allowsLoopback, AddressRules.isLoopback(address) { return }
        case .name(let name):
            if allowsLoopback, name == "localhost" { return }
            // A name without a dot would be searched for in the operator's own domains.
            guard name.contains(".") else { throw .invalidURL(.host) }
        }
        guard allowedPorts.contains(url.port) else { throw .deniedPort(url.port) }
    }
}
