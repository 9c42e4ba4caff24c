import NIOCore
import NIOHTTP1

/// Sees the bytes that the parser reads, while it reads them: it reports an unknown method and what is no HTTP at all by the same error.
///
/// Holds them for as long as the read lasts, within which the parser reports: an idle connection keeps none.
final class ReceivedBytes: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private var reading: ByteBuffer?

    /// Puts one before the parser; nil in a pipeline without a parser, as in tests.
    static func add(to pipeline: ChannelPipeline) -> ReceivedBytes? {
        let pipeline = pipeline.syncOperations
        guard let parser = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) else { return nil }
        let received = ReceivedBytes()
        // Fails only where the connection is closing.
        return (try? pipeline.addHandler(received, position: .before(parser))).map { received }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reading = unwrapInboundIn(data)
        context.fireChannelRead(data)
        reading = nil
    }

    /// Whether what the parser is reading may be a request with a method that it does not know; in doubt it may.
    ///
    /// - Parameter requests: how many whole requests stand before it in what was read. Behind one with a body, nothing may: the body is not told from what follows.
    func mayBeRequest(behind requests: Int) -> Bool {
        guard let reading else { return true }
        var bytes = reading.readableBytesView
        for _ in 0..<requests {
            guard let end = Self.endOfHead(bytes) else { return true }
            bytes = bytes[end...]
        }
        return Self.mayBeRequest(bytes)
    }

    /// Behind the empty line with which a head ends; nil where there is none.
    private static func endOfHead(_ bytes: ByteBufferView) -> Int? {
        var isLineEmpty = false
        for (index, byte) in zip(bytes.indices, bytes) where byte != UInt8(ascii: "\r") {
            if byte == lineFeed, isLineEmpty { return index + 1 }
            isLineEmpty = byte == lineFeed
        }
        return nil
    }

    /// `token SP target SP HTTP/1.1` (RFC 9112 3), or as much of it as has come. Of a line that comes in several pieces only the last one is seen: the end of a method
    /// is a token, too.
    static func mayBeRequest(_ bytes: some Collection<UInt8>) -> Bool {
        // A line end before the request line is passed over (RFC 9112 2.2).
        let text = Array(bytes.drop(while: isLineEnd))
        let method = text.prefix(while: isTokenByte)
        guard let next = text.dropFirst(method.count).first else { return true }
        guard !method.isEmpty, next == space else { return false }
        guard text.contains(lineFeed) else { return true }
        let version = Array(text.prefix(while: { !isLineEnd($0) }).suffix(9))
        guard version.count == 9, version.starts(with: " HTTP/".utf8) else { return false }
        return isDigit(version[6]) && version[7] == UInt8(ascii: ".") && isDigit(version[8])
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == lineFeed || byte == UInt8(ascii: "\r") }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    /// RFC 9110 5.6.2
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
