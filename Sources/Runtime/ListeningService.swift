import NIOCore
public import ServiceLifecycle

/// A service that listens at an address, and says in a sentence where it cannot.
public struct ListeningService<Base: Service>: Service {
    private let base: Base
    private let host: String
    private let port: Int

    public init(_ base: Base, host: String, port: Int) {
        self.base = base
        self.host = host
        self.port = port
    }

    /// - Throws: ``ListenError``, or what the service throws.
    public func run() async throws {
        do {
            try await base.run()
        } catch let error as IOError {
            // Once it listens, errors of its sockets end connections only.
            throw ListenError(host: host, port: port, code: error.errnoCode)
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(unknownHost: host, port: port)
        }
    }
}
