/// Makes and finds things of the directory.
struct ReplayDirectory: Sendable {
    let client: ReplayClient
    /// Begins the idempotency keys of this run.
    let run: String

    /// Makes a thing, or finds the one that has its name already.
    ///
    /// - Parameters:
    ///   - kind: the last part of the list's path, `groups` for example.
    ///   - unique: the query that finds it: name, key or email.
    func ensure(_ kind: String, _ unique: (name: String, value: String), _ body: some Encodable & Sendable) async throws -> (id: String, isNew: Bool)
    {
        let key = "\(run)-\(kind)-\(ReplayNames.key(unique.value, maximumLength: 100))"
        let request = try ReplayRequest.post("/v1/\(kind)", body, key: key)
        let response = try await client.answer(to: request)
        if (200..<300).contains(response.status) {
            return (try response.decode(NamedThing.self, from: request).id, true)
        }
        guard response.status == 409, response.problemCode == "already-exists",
            let thing = try await find(NamedThing.self, kind, unique)
        else { throw ReplayError(response, to: request) }
        return (thing.id, false)
    }

    /// - Returns: nil where there is none.
    func find<Thing: Decodable & Sendable>(_ type: Thing.Type, _ kind: String, _ unique: (name: String, value: String)) async throws -> Thing? {
        let query = "\(unique.name)=\(ReplayRequest.escape(unique.value))"
        return try await client.send(.get("/v1/\(kind)?\(query)"), as: ThingPage<Thing>.self).data.first
    }
}
