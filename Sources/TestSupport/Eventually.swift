/// Asks again every 10 ms until the answer is yes.
///
/// For what another process or task brings about; the limit ends a test that would wait for ever and is no measure.
///
/// - Returns: false where it did not come true within the limit.
public func eventually(within limit: Duration = .seconds(30), _ condition: () async throws -> Bool) async throws -> Bool {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: limit)
    while try await !condition() {
        guard clock.now < end else { return false }
        try await Task.sleep(for: .milliseconds(10))
    }
    return true
}
