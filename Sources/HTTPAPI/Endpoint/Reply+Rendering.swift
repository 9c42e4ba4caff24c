import HTTPTypes
import Hummingbird
import NIOCore

/// The media type of every body that is not a problem; ASVS 4.1.1 wants the character set named.
enum MediaTypes {
    static let json = "application/json; charset=utf-8"
}

extension Reply where Output: ResponseObject {
    /// The answer as it is stored for retries.
    func rendered() -> StoredResponse {
        switch content {
        case .output(let output):
            var writer = JSONWriter(capacity: 1_024)
            output.write(to: &writer)
            return stored(body: writer.bytes, link: (output as? any Linked)?.link)
        case .empty, .stream:
            return stored(body: [], link: nil)
        case .stored(let response, _):
            return response
        }
    }

    /// - Parameter ifNoneMatch: the request's, where a match makes the answer 304.
    func response(ifNoneMatch: EntityTagCondition?) -> Response {
        if let entityTag, let ifNoneMatch, status == .ok, ifNoneMatch.matchesWeakly(entityTag) {
            return Response(status: .notModified, headers: [.eTag: entityTag.description])
        }
        switch content {
        case .output(let output):
            var writer = JSONWriter(capacity: 1_024)
            output.write(to: &writer)
            var fields = allHeaders(link: (output as? any Linked)?.link)
            fields[.contentType] = MediaTypes.json
            return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes)))
        case .empty:
            return Response(status: status, headers: allHeaders(link: nil))
        case .stream(let mediaType, let body):
            var fields = allHeaders(link: nil)
            fields[.contentType] = mediaType
            return Response(status: status, headers: fields, body: body)
        case .stored(let stored, let isReplay):
            var fields: HTTPFields = [:]
            for header in stored.headers {
                if let name = HTTPField.Name(header.name) {
                    fields[name] = header.value
                }
            }
            if isReplay {
                fields[.idempotentReplayed] = "true"
            }
            let body = stored.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: stored.body))
            return Response(status: status, headers: fields, body: body)
        }
    }

    private func stored(body: [UInt8], link: String?) -> StoredResponse {
        var fields = allHeaders(link: link)
        if !body.isEmpty {
            fields[.contentType] = MediaTypes.json
        }
        return StoredResponse(
            status: status.code,
            headers: fields.map { StoredResponse.Header(name: $0.name.canonicalName, value: $0.value) },
            body: body
        )
    }

    private func allHeaders(link: String?) -> HTTPFields {
        var fields = headers
        if let entityTag {
            fields[.eTag] = entityTag.description
        }
        if let link {
            fields[.link] = link
        }
        return fields
    }
}

/// An output that brings a `Link` header.
protocol Linked {
    var link: String? { get }
}

extension Page: Linked {}
