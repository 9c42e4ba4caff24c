import Foundation
import Glibc

/// A server on loopback that answers with a head and a part of the body, and then stands still with its connections open.
enum StoppedServer {
    struct Failure: Error {}

    /// - Parameter body: is given the server's address.
    static func with<Result: Sendable>(_ body: (_ base: String) async throws -> Result) async throws -> Result {
        let (listener, port) = try listen()
        Thread.detachNewThread {
            var connections: [Int32] = []
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { break }
                connections.append(connection)
                var request = [UInt8](repeating: 0, count: 4_096)
                _ = read(connection, &request, request.count)
                let part = Array("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":[".utf8)
                _ = write(connection, part, part.count)
            }
            for connection in connections { close(connection) }
            close(listener)
        }
        // Ends the wait of the thread.
        defer { shutdown(listener, Int32(SHUT_RDWR)) }
        return try await body("http://127.0.0.1:\(port)")
    }

    private static func listen() throws -> (listener: Int32, port: UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && Glibc.listen(listener, 8) == 0 && getsockname(listener, address, &size) == 0
            }
        }
        guard isListening else { throw Failure() }
        return (listener, UInt16(bigEndian: address.sin_port))
    }
}
