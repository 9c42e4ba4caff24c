import Glibc
public import NIOCore
public import NIOPosix

/// Resolves names with the system's own resolver on a few threads of its own.
///
/// `getaddrinfo` blocks, and cannot be interrupted: a name whose servers do not answer keeps a thread for as long as
/// `resolv.conf` says. The caller's wait ends at the timeout all the same.
public struct SystemResolver: HostResolver {
    /// The most addresses of one name that are looked at.
    static let maximumAddresses = 32
    /// More than the attempts that receivers with trouble may have at a time: names that hang leave threads for the others.
    private static let threads = 80

    private let pool: NIOThreadPool
    private let eventLoop: any EventLoop
    private let timeout: TimeAmount

    /// - Parameters:
    ///   - pool: threads that may block; the process-wide pool unless told otherwise.
    ///   - eventLoop: keeps the timeout.
    public init(
        pool: NIOThreadPool = .singleton,
        eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.any(),
        timeout: TimeAmount = .seconds(5)
    ) {
        self.pool = pool
        self.eventLoop = eventLoop
        self.timeout = timeout
    }

    /// Gives the process-wide pool its threads, which else has one a processor. To be called once, before anything else; the threads begin with the first
    /// name.
    public static func reserveThreads() {
        NIOSingletons.blockingPoolThreadCountSuggestion = threads
    }

    public func addresses(of name: String) async throws(EgressError) -> [IPAddress] {
        let promise = eventLoop.makePromise(of: [IPAddress].self)
        let timer = eventLoop.scheduleTask(in: timeout) { promise.fail(EgressError.resolutionTimeout) }
        pool.submit { state in
            guard state == .active else { return promise.fail(EgressError.unresolvable) }
            let found = SystemResolver.lookUp(name)
            if found.isEmpty {
                promise.fail(EgressError.unresolvable)
            } else {
                promise.succeed(found)
            }
        }
        defer { timer.cancel() }
        do {
            return try await promise.futureResult.get()
        } catch {
            throw error as? EgressError ?? .unresolvable
        }
    }

    private static func lookUp(_ name: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_family = AF_UNSPEC
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &list) == 0, let first = list else { return [] }
        defer { freeaddrinfo(first) }
        var found: [IPAddress] = []
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let entry = next, found.count < maximumAddresses {
            if let address = entry.pointee.ai_addr.flatMap({ read($0, family: entry.pointee.ai_family) }), !found.contains(address) {
                found.append(address)
            }
            next = entry.pointee.ai_next
        }
        return found
    }

    private static func read(_ address: UnsafeMutablePointer<sockaddr>, family: Int32) -> IPAddress? {
        let raw = UnsafeRawPointer(address)
        switch family {
        case AF_INET:
            return .v4(UInt32(bigEndian: raw.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6:
            return withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { bytes in
                .v6(
                    high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                )
            }
        default:
            return nil
        }
    }
}
