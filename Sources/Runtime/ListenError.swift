import Glibc

/// Why nothing can listen at an address: one sentence that names it (contract.md, Errors).
public struct ListenError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    /// - Parameter code: the value of `errno`.
    init(host: String, port: Int, code: Int32) {
        let address = Self.address(host: host, port: port)
        description =
            code == EADDRINUSE
            ? "\(address) is taken: something listens there already" : "nothing can listen on \(address): \(String(cString: strerror(code)))"
    }

    /// A host that has no address.
    init(unknownHost host: String, port: Int) {
        description = "nothing can listen on \(Self.address(host: host, port: port)): the host is not known"
    }

    private static func address(host: String, port: Int) -> String {
        (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }
}
