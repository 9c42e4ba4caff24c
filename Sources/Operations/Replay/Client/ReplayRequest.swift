import FoundationEssentials

/// A request to the API.
struct ReplayRequest: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
    }

    let method: Method
    /// With its query.
    let path: String
    var body: Data?
    /// The same for every try of one write: it is done once.
    var idempotencyKey: String?
    /// `If-Match: *`: whatever version is there.
    var matchesAnyVersion = false

    var label: String { "\(method.rawValue) \(path.prefix { $0 != "?" })" }

    static func get(_ path: String) -> ReplayRequest {
        ReplayRequest(method: .get, path: path)
    }

    static func post(_ path: String, _ body: some Encodable, key: String? = nil) throws -> ReplayRequest {
        ReplayRequest(method: .post, path: path, body: try encode(body), idempotencyKey: key)
    }

    static func put(_ path: String, _ body: some Encodable, key: String? = nil, matchesAnyVersion: Bool = false) throws -> ReplayRequest {
        ReplayRequest(method: .put, path: path, body: try encode(body), idempotencyKey: key, matchesAnyVersion: matchesAnyVersion)
    }

    /// A merge patch (RFC 7396).
    static func patch(_ path: String, _ body: some Encodable, key: String) throws -> ReplayRequest {
        ReplayRequest(method: .patch, path: path, body: try encode(body), idempotencyKey: key, matchesAnyVersion: true)
    }

    private static func encode(_ body: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(body)
    }

    /// A text as a part of a query (RFC 3986 2.3).
    static func escape(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { out, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                out.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                out += "%"
                out.append(digits[Int(byte >> 4)])
                out.append(digits[Int(byte & 0xF)])
            }
        }
    }
}
