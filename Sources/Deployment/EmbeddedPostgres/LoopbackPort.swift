import Glibc

/// TCP ports of 127.0.0.1.
enum LoopbackPort {
    /// Whether a server could listen on this port now.
    static func isFree(_ port: UInt16) -> Bool {
        (try? bound(to: port)) != nil
    }

    /// A port that nobody listens on, chosen by the kernel.
    static func anyFree() throws(SystemError) -> UInt16 {
        try bound(to: 0)
    }

    /// Binds and lets go again; returns the port that was bound.
    private static func bound(to port: UInt16) throws(SystemError) -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw SystemError(operation: "making", path: "a socket", code: errno) }
        defer { close(descriptor) }
        // As PostgreSQL does: connections in TIME_WAIT do not keep a port.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 ? getsockname(descriptor, generic, &length) : -1
            }
        }
        guard status == 0 else { throw SystemError(operation: "binding", path: "127.0.0.1:\(port)", code: errno) }
        return UInt16(bigEndian: address.sin_port)
    }
}
