import NIOCore
import NIOPosix

/// Gives every name one address of each family. That of the newer one is tried first (RFC 8305).
final class TwoFamilies: Resolver, Sendable {
    private let aaaa: String
    private let a: String

    init(aaaa: String, a: String) {
        self.aaaa = aaaa
        self.a = a
    }

    func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> { answer(a, port) }

    func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> { answer(aaaa, port) }

    func cancelQueries() {}

    private func answer(_ address: String, _ port: Int) -> EventLoopFuture<[SocketAddress]> {
        MultiThreadedEventLoopGroup.singleton.any().makeCompletedFuture { [try SocketAddress(ipAddress: address, port: port)] }
    }
}
