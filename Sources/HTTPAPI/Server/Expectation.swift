/// What a client expects before it sends the body (RFC 9110 10.1.1).
enum Expectation {
    /// Whether the server meets all that an `Expect` field asks for; there is only one thing that it can.
    static func isMet(_ field: String) -> Bool {
        field.split(separator: ",").allSatisfy { $0.filter { $0 != " " && $0 != "\t" }.lowercased() == "100-continue" }
    }
}
