import HTTPAPI

/// Idempotency records in memory, with the rules that the use cases' table keeps.
actor RecordStore {
    private var records: [IdempotencyKey: (fingerprint: [UInt8], response: StoredResponse)] = [:]
    private(set) var effects = 0

    func answer<Output>(_ idempotency: Idempotency<Output>, _ reply: Reply<Output>) throws -> Reply<Output> {
        if let record = records[idempotency.request.key] {
            guard record.fingerprint == idempotency.request.fingerprint else { throw Problem(.idempotencyKeyReused) }
            return .replayed(record.response)
        }
        effects += 1
        let response = idempotency.render(reply)
        records[idempotency.request.key] = (idempotency.request.fingerprint, response)
        return .stored(response)
    }
}
