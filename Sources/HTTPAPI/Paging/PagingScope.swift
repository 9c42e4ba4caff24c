import Crypto
import Domain

/// What a list request belongs to, so that its cursors fit nothing else.
struct PagingScope: Sendable {
    let sealer: CursorSealer
    let tenant: TenantID
    let operation: String
    let path: String

    /// A digest of the operation and of everything in the query that decides which rows come in which order.
    func selection(of query: QueryString) -> [UInt8] {
        let text = operation + "?" + query.canonical(without: ["cursor", "limit", "fields", "include"])
        return Array(SHA256.hash(data: Array(text.utf8)))
    }
}
