/// A query string taken apart: decoded names and values in their order.
struct QueryString: Sendable {
    /// More parameters than any operation has.
    static let maximumPairs = 64

    var pairs: [(name: String, value: String)] = []

    /// - Throws: 400 for a broken escape, 422 for too many parameters and for one that is there twice (ASVS 15.3.7: parameter pollution).
    init(_ text: Substring?) throws(Problem) {
        guard let text, !text.isEmpty else { return }
        for part in text.split(separator: "&", omittingEmptySubsequences: true) {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decode(halves[0], plusIsSpace: true),
                let value = PercentEncoding.decode(halves.count > 1 ? halves[1] : "", plusIsSpace: true)
            else { throw Problem(.malformedRequest, "The query string is not percent-encoded UTF-8.") }
            guard pairs.count < QueryString.maximumPairs else {
                throw .invalid(.parameter(JSONPointer.escape(name)), .tooMany, "At most \(QueryString.maximumPairs) parameters.")
            }
            guard !pairs.contains(where: { $0.name == name }) else {
                throw .invalid(.parameter(String(name.prefix(128))), .duplicate, "Is there more than once.")
            }
            pairs.append((name, value))
        }
    }

    /// The same parameters in one order and one spelling, without some of them.
    func canonical(without excluded: [String] = []) -> String {
        pairs
            .filter { !excluded.contains($0.name) }
            .map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
            .sorted()
            .joined(separator: "&")
    }
}
