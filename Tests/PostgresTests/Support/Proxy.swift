import Glibc
import Synchronization

@testable import Postgres

/// A TCP relay to the server under test that can stop relaying without closing: a half-open network.
final class Proxy: Sendable {
    let port: UInt16
    private let listener: Int32
    private let upstream: UInt16
    private let descriptors = Mutex<[Int32]>([])
    private let forbidden: String?
    /// One a connection.
    let connections = Counter()

    /// Relays 127.0.0.1:`port` to 127.0.0.1:`upstream`.
    ///
    /// - Parameter forbidden: a connection whose client says it is closed.
    init(to upstream: UInt16, hangingUpOn forbidden: String? = nil) throws {
        self.upstream = upstream
        self.forbidden = forbidden
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        var address = Self.loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 16) == 0 && getsockname(listener, address, &size) == 0
            }
        }
        guard bound else { throw SetupError(description: "the proxy cannot listen") }
        port = UInt16(bigEndian: address.sin_port)
        try Thread.start { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                _ = connections.next()
                relay(client)
            }
        }
    }

    /// Bytes of present connections vanish from now on; new connections are relayed.
    func freeze() {
        let old = descriptors.withLock { list in
            defer { list.removeAll() }
            return list
        }
        frozen.withLock { $0.formUnion(old) }
    }

    func close() {
        shutdown(listener, Int32(SHUT_RDWR))
        Glibc.close(listener)
    }

    private let frozen = Mutex<Set<Int32>>([])

    private func relay(_ client: Int32) {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(upstream)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
        }
        guard connected else {
            Glibc.close(client)
            return
        }
        descriptors.withLock { $0 += [client, server] }
        try? Thread.start { [self] in pump(client, server) }
        try? Thread.start { [self] in pump(server, client) }
    }

    private func pump(_ source: Int32, _ target: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(source, &buffer, buffer.count)
            if frozen.withLock({ $0.contains(source) }) {
                // Swallows; a close of the client's side is not passed on either.
                if count <= 0 { return }
                continue
            }
            if count > 0, let forbidden, String(decoding: buffer[..<count], as: UTF8.self).contains(forbidden) {
                shutdown(source, Int32(SHUT_RDWR))
                break
            }
            guard count > 0, write(target, buffer, count) == count else { break }
        }
        shutdown(target, Int32(SHUT_RDWR))
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
