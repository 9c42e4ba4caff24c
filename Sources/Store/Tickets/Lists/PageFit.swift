/// Ends a page where its long texts fill it: 200 descriptions of the greatest length would be 50 MB of memory for one request. A page may be short (api.md 5).
enum PageFit {
    /// The most bytes of texts on a page; the first row is on it whatever it has.
    static let bytes = 4_000_000

    /// Of rows that are read in an order those that fit, each after whether another follows it.
    ///
    /// - Parameters:
    ///   - rows: a query in that order, with its limit.
    ///   - columns: of the query, by name: what is read.
    ///   - size: how many bytes a row takes. PostgreSQL knows the length of a stored text without reading it, so that what does not fit costs nothing.
    ///   - order: by columns of the query; no two rows are equal in it.
    static func sql(_ rows: String, columns: String, size: String, order: String) -> String {
        """
        SELECT has_next, \(columns) FROM (
            SELECT \(columns), sum(\(size)) OVER page AS bytes, row_number() OVER page AS place, lead(true) OVER page IS NOT NULL AS has_next
            FROM (\(rows)) AS listed WINDOW page AS (ORDER BY \(order) ROWS UNBOUNDED PRECEDING)
        ) AS page
        WHERE place = 1 OR bytes <= \(bytes) ORDER BY \(order)
        """
    }
}
