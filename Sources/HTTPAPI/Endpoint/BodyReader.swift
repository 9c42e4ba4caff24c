import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import Synchronization

/// Collects and reads the body of one request.
struct BodyReader {
    private let operation: Operation

    init(_ operation: Operation) {
        self.operation = operation
    }

    /// The body's bytes; empty where none was sent.
    ///
    /// - Throws: 413 beyond the limit, without reading what a declared length already gives away; 415 for another type or an encoding; 400 for one that breaks
    ///   off, or whose framing cannot be read.
    ///   That of a GET is not read: ``APIResponder`` closes the connection after the answer where its length is not known.
    func bytes(of request: Request, exchange: Exchange) async throws -> (bytes: [UInt8], mediaType: String) {
        let length = request.headers[.contentLength].flatMap(DecimalText.integer)
        if let length, length > APILimits.bodyBytes { throw Problem.bodyTooLarge }
        guard operation.method != .get else { return ([], "") }
        guard length != 0, length != nil || request.headers[.transferEncoding] != nil else {
            // A file without anything in it is a wrong file, and no wrong JSON.
            let isText = operation.textMediaType != nil && (try? requireMediaType(request.headers)) == operation.textMediaType
            return ([], isText ? operation.textMediaType ?? "" : "")
        }
        let mediaType = try requireMediaType(request.headers)
        exchange.state.withLock { $0.isBodyBegun = true }
        // Only now: a request that is refused for what comes before its body needs none, and its client sends none.
        if request.headers[.expect] != nil { exchange.sendContinue() }
        do {
            let buffer = try await request.body.collect(upTo: APILimits.bodyBytes)
            exchange.state.withLock { $0.isBodyRead = true }
            return (Array(buffer: buffer), mediaType)
        } catch is NIOTooManyBytesError {
            throw Problem.bodyTooLarge
        } catch let error where Self.isBroken(error) {
            throw Problem(.malformedRequest, "The body breaks off, or its chunks cannot be read.", headers: [.connection: "close"])
        }
    }

    /// Whether the client is at fault that a body could not be read: no defect, of which the log would have to tell.
    private static func isBroken(_ error: any Error) -> Bool {
        error is HTTPParserError || error is ChannelError || error is IOError
    }

    /// The object that the bytes are.
    ///
    /// - Throws: 400 for what is not a JSON object, 422 with every error of its members.
    func object<Body: RequestObject>(_ type: Body.Type, from bytes: [UInt8], mediaType: String) throws(Problem) -> Body {
        if bytes.isEmpty, let none = NoBody() as? Body { return none }
        if mediaType == Body.textMediaType, let text = Body(text: bytes) { return text }
        var bytes = bytes.isEmpty && Body.isOptional ? Array("{}".utf8) : bytes
        if let member = Body.listMember, bytes.first(where: { $0 > UInt8(ascii: " ") }) == UInt8(ascii: "[") {
            bytes = Array("{\"\(member)\":".utf8) + bytes + Array("}".utf8)
        }
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(bytes)
            guard document.root.isObject else { throw JSONError(.notAnObject, at: 0) }
        } catch {
            throw .invalid(error)
        }
        var errors = FieldErrors()
        let object = ObjectReader.read(Body.self, from: document.root, errors: &errors)
        guard errors.isEmpty else { throw .invalid(errors.list) }
        guard let object else { throw Problem(.internalError) }
        return object
    }

    private func requireMediaType(_ headers: HTTPFields) throws(Problem) -> String {
        let taken = [operation.bodyMediaType] + (operation.textMediaType.map { [$0] } ?? [])
        let expected = taken.joined(separator: ", ")
        let parts = (headers[.contentType] ?? "").lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
        let isUTF8 = parts.dropFirst().allSatisfy { !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == #"charset="utf-8""# }
        guard let type = parts.first, taken.contains(type), isUTF8, headers[.contentEncoding].map({ $0.lowercased() == "identity" }) ?? true else {
            let name: HTTPField.Name = operation.method == .patch ? .acceptPatch : .acceptPost
            throw Problem(.unsupportedMediaType, "Send \(expected) in UTF-8, without a content encoding.", headers: [name: expected])
        }
        return type
    }
}
