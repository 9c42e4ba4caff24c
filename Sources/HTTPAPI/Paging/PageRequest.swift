import Domain

/// Which page of a list is asked for.
public struct PageRequest: Sendable {
    public static let defaultLimit = 50
    /// Larger limits count as this one (AIP-158).
    public static let maximumLimit = 200

    /// How many rows at most, 1 to ``maximumLimit``.
    public let limit: Int
    /// The place to go on from, nil for the first page.
    public let after: Cursor?
    let scope: PagingScope
    let query: QueryString

    public static let parameters = [
        ParameterDescription(
            "limit",
            .integer(in: 1...1_000_000),
            "Rows per page; more than \(maximumLimit) counts as \(maximumLimit). Default \(defaultLimit)."
        ),
        ParameterDescription(
            "cursor",
            .string(StringShape(maximumLength: 4_096)),
            "`next_cursor` of the page before; only with the same filter and order."
        ),
    ]

    /// The caller's text for a place in this list.
    func token(for cursor: Cursor) throws -> String {
        try scope.sealer.seal(cursor, tenant: scope.tenant, selection: scope.selection(of: query))
    }

    /// The address of the next page.
    func link(to token: String) -> String {
        let rest = query.canonical(without: ["cursor"])
        return "<\(scope.path)?\(rest.isEmpty ? "" : rest + "&")cursor=\(token)>; rel=\"next\""
    }
}

extension QueryReader {
    /// How many rows `limit` asks for, at most ``PageRequest/maximumLimit``.
    mutating func limit(default usual: Int) -> Int {
        guard let text = text(of: "limit") else { return usual }
        guard let number = DecimalText.integer(text), (1...1_000_000).contains(number) else {
            let most = PageRequest.maximumLimit
            refuse("limit", .outOfRange, "Must be an integer from 1 to \(most); more, up to 1000000, counts as \(most).")
            return usual
        }
        return min(number, PageRequest.maximumLimit)
    }

    /// The page that `limit` and `cursor` ask for.
    public mutating func page() -> PageRequest {
        let limit = limit(default: PageRequest.defaultLimit)
        var after: Cursor?
        if let text = text(of: "cursor") {
            do throws(Problem) {
                after = try paging.sealer.open(text, tenant: paging.tenant, selection: paging.selection(of: query))
            } catch {
                problem = error
            }
        }
        return PageRequest(limit: limit, after: after, scope: paging, query: query)
    }
}
