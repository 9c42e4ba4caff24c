/// The label set of one time series, rendered once: `{method="GET",route="/v1/tickets"}`, or nothing.
struct MetricLabels: Hashable, Sendable {
    /// The longest label value in bytes of UTF-8; what is longer is cut.
    static let maximumValueBytes = 128

    /// The pairs in the order of their names, without braces: `method="GET",route="/v1/tickets"`.
    let rendered: String

    /// - Parameter dimensions: names and values; of several with the same name the last one counts.
    init(_ dimensions: [(String, String)]) {
        var pairs: [String: String] = [:]
        for (name, value) in dimensions {
            pairs[MetricName.label(name)] = value
        }
        rendered = pairs.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(MetricLabels.escaped($0.value))\"" }.joined(separator: ",")
    }

    /// The set that takes what exceeds a family's limit: the same names, each with the value `other`.
    static func overflow(of dimensions: [(String, String)]) -> MetricLabels {
        MetricLabels(dimensions.map { ($0.0, "other") })
    }

    /// The labels in braces, with one more behind them where given (a histogram's `le`).
    func braced(adding extra: String? = nil) -> String {
        let parts = [rendered, extra ?? ""].filter { !$0.isEmpty }
        return parts.isEmpty ? "" : "{" + parts.joined(separator: ",") + "}"
    }

    /// Text format 0.0.4: backslash, double quote and line feed are escaped.
    private static func escaped(_ value: String) -> String {
        var out = ""
        var used = 0
        for scalar in value.unicodeScalars {
            used += UTF8.width(scalar)
            guard used <= maximumValueBytes else { break }
            switch scalar {
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            case "\n": out += "\\n"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
