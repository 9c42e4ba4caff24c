/// Finds out whose key was presented.
public protocol Authenticator: Sendable {
    /// - Returns: nil for a key that is unknown, revoked or expired; which of these, the caller is not told.
    /// - Throws: ``Problem`` for a good key of a suspended tenant; else only where the question could not be answered, the database being away for example.
    func authenticate(_ key: APIKey) async throws -> Principal?
}
