public import HTTPTypes
public import HummingbirdCore
import NIOCore

/// What a handler answers with.
public struct Reply<Output: Sendable>: Sendable {
    enum Content: Sendable {
        case output(Output)
        case empty
        case stored(StoredResponse, isReplay: Bool)
        case stream(mediaType: String, ResponseBody)
    }

    var content: Content
    public var status: HTTPResponse.Status
    public var entityTag: EntityTag?
    public var headers: HTTPFields = [:]

    private init(_ content: Content, _ status: HTTPResponse.Status, _ entityTag: EntityTag? = nil) {
        self.content = content
        self.status = status
        self.entityTag = entityTag
    }

    public static func ok(_ output: Output, entityTag: EntityTag? = nil) -> Reply {
        Reply(.output(output), .ok, entityTag)
    }

    /// 201.
    ///
    /// - Parameter location: the path of what was made.
    public static func created(_ output: Output, location: String, entityTag: EntityTag? = nil) -> Reply {
        var reply = Reply(.output(output), .created, entityTag)
        reply.headers[.location] = location
        return reply
    }

    /// Any other status with the output: 202, 207.
    public static func status(_ status: HTTPResponse.Status, _ output: Output) -> Reply {
        Reply(.output(output), status)
    }

    public static var noContent: Reply { Reply(.empty, .noContent) }

    /// The answer that the idempotency hook has rendered in this request.
    public static func stored(_ response: StoredResponse) -> Reply {
        Reply(.stored(response, isReplay: false), HTTPResponse.Status(code: response.status))
    }

    /// The answer of an earlier request with the same key: `Idempotent-Replayed: true`.
    public static func replayed(_ response: StoredResponse) -> Reply {
        Reply(.stored(response, isReplay: true), HTTPResponse.Status(code: response.status))
    }

    /// A whole body that is no JSON: a CSV file.
    public static func text(mediaType: String, _ bytes: [UInt8]) -> Reply {
        Reply(.stream(mediaType: mediaType, ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))), .ok)
    }

    /// A body that is written as it comes: an event stream. The request's timeout covers only the time until it begins.
    public static func stream(mediaType: String, _ body: ResponseBody) -> Reply {
        Reply(.stream(mediaType: mediaType, body), .ok)
    }
}
