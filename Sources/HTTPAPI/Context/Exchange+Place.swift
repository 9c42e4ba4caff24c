import Synchronization

extension Exchange {
    /// The request's place among those that are being answered.
    struct Place {
        let requests: InFlightRequests
        let slot: Int
    }

    /// The caller is known.
    ///
    /// - Throws: 429 where the tenant has its share of the places already.
    func authenticated(_ principal: Principal) throws(Problem) {
        let place = state.withLock { state in
            state.tenantID = principal.tenantID
            return state.place
        }
        try place?.requests.join(place?.slot ?? 0, tenant: principal.tenantID)
    }

    /// Waits for something that takes its time, without the request's place.
    ///
    /// - Throws: 429 or 503 where too many wait, or where there is no place afterwards; what `body` throws.
    func waiting<Result>(_ body: () async throws -> Result) async throws -> Result {
        guard let place = state.withLock({ $0.place }) else { return try await body() }
        try place.requests.wait(place.slot)
        let result = try await body()
        try place.requests.resume(place.slot)
        return result
    }
}
