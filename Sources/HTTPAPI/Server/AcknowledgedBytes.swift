import NIOCore

/// How much of what was sent over a connection its other side has acknowledged, as Linux counts it (`tcpi_bytes_acked`, RFC 4898).
///
/// That is more than what was written to the socket tells: its own buffer takes up to megabytes that nobody has read. And it is less than what was read: the other
/// side's buffer is filled also where nobody reads.
enum AcknowledgedBytes {
    /// - Returns: nil where the channel is no socket, or the system does not count.
    @Sendable
    static func read(_ channel: any Channel) -> EventLoopFuture<UInt64>? {
        #if os(Linux)
            guard let socket = channel as? any SocketOptionProvider else { return nil }
            let info: EventLoopFuture<Info> = socket.unsafeGetSocketOption(level: .tcp, name: .tcp_info)
            return info.map(\.acknowledged)
        #else
            return nil
        #endif
    }

    /// The beginning of the kernel's `struct tcp_info` (`linux/tcp.h`), whose order never changes; that of the C library ends before the count. What a kernel does not
    /// fill in stays zero.
    private struct Info: Sendable {
        /// Eight small fields, 24 of 32 bits, two of 64.
        let others:
            (
                UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64
            )
        let acknowledged: UInt64
    }
}
