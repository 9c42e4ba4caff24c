import Domain
import HTTPTypes
import UseCases

extension Idempotency {
    /// The hook of a write: its stored answer is the reply that `reply` makes of what the write leaves.
    func write<Value>(_ reply: @escaping @Sendable (Value) -> Reply<Output>) -> IdempotentWrite<Value> {
        IdempotentWrite(principal: request.principalID, key: request.key.value, fingerprint: request.fingerprint) { [render, request] value in
            IdempotencyRecord(render(reply(value)), fingerprint: request.fingerprint)
        }
    }
}

extension IdempotencyRecord {
    init(_ response: StoredResponse, fingerprint: [UInt8]) {
        func header(_ name: HTTPField.Name) -> String? {
            response.headers.first { $0.name.lowercased() == name.canonicalName }?.value
        }
        self.init(fingerprint: fingerprint, status: response.status, etag: header(.eTag), location: header(.location), body: response.body)
    }

    /// The response that was stored; its type is that of every body.
    var response: StoredResponse {
        var headers: [StoredResponse.Header] = []
        if !body.isEmpty { headers.append(StoredResponse.Header(name: HTTPField.Name.contentType.canonicalName, value: MediaTypes.json)) }
        if let etag { headers.append(StoredResponse.Header(name: HTTPField.Name.eTag.canonicalName, value: etag)) }
        if let location { headers.append(StoredResponse.Header(name: HTTPField.Name.location.canonicalName, value: location)) }
        return StoredResponse(status: status, headers: headers, body: body)
    }
}
