/// Finds the addresses of a host name.
public protocol HostResolver: Sendable {
    /// - Returns: at least one address, in the order in which they should be tried.
    /// - Throws: ``EgressError/unresolvable`` or ``EgressError/resolutionTimeout``.
    func addresses(of name: String) async throws(EgressError) -> [IPAddress]
}
